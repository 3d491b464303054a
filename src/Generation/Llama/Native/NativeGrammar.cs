namespace GenAI.Generation.Llama.Native;

/// <summary>A grammar and how far the output has come in it. Used by one thread.</summary>
internal sealed unsafe class NativeGrammar(SamplerSafeHandle sampler, int vocabularySize) : IDisposable
{
    private LlamaTokenData[]? _candidates;

    /// <summary>Whether the token may come next. A check of one token costs microseconds, the whole vocabulary milliseconds.</summary>
    public bool Allows(int token)
    {
        var candidate = new LlamaTokenData { Id = token, Logit = 1 };
        var array = new LlamaTokenDataArray { Data = &candidate, Size = 1, Selected = -1 };
        NativeMethods.SamplerApply(sampler, &array);
        return !float.IsNegativeInfinity(candidate.Logit);
    }

    /// <summary>Sets the logits of all tokens that may not come next to negative infinity.</summary>
    public void Mask(Span<float> logits)
    {
        var candidates = _candidates ??= new LlamaTokenData[vocabularySize];
        for (var i = 0; i < candidates.Length; i++)
        {
            candidates[i] = new LlamaTokenData { Id = i, Logit = logits[i] };
        }

        fixed (LlamaTokenData* pointer = candidates)
        {
            var array = new LlamaTokenDataArray { Data = pointer, Size = (nuint)candidates.Length, Selected = -1 };
            NativeMethods.SamplerApply(sampler, &array);
        }

        foreach (var candidate in candidates)
        {
            logits[candidate.Id] = candidate.Logit;
        }
    }

    /// <summary>Advances by a token that <see cref="Allows"/> or <see cref="Mask"/> let pass; any other would end the process.</summary>
    public void Accept(int token) => NativeMethods.SamplerAccept(sampler, token);

    public void Dispose() => sampler.Dispose();
}
