namespace GenAI.Generation.Llama.Sampling;

/// <summary>The tokens that penalties look at: a window for repeats (prompt included), counts for what was generated.</summary>
internal sealed class TokenHistory
{
    private readonly Queue<int> _window = new();
    private readonly Dictionary<int, int> _generated = [];
    private readonly int _windowTokens;

    public TokenHistory(ReadOnlySpan<int> prompt, int windowTokens)
    {
        _windowTokens = windowTokens;
        foreach (var token in prompt[Math.Max(0, prompt.Length - windowTokens)..])
        {
            _window.Enqueue(token);
        }
    }

    public void Add(int token)
    {
        _window.Enqueue(token);
        if (_window.Count > _windowTokens)
        {
            _window.Dequeue();
        }

        _generated[token] = _generated.GetValueOrDefault(token) + 1;
    }

    /// <summary>Repeat penalty after Keskar et al. (CTRL, 2019); frequency and presence as OpenAI's API defines them, over the answer alone.</summary>
    public void Penalise(Span<float> logits, SamplingConfig config)
    {
        if (config.RepeatPenalty != 1)
        {
            foreach (var token in _window.Distinct())
            {
                logits[token] = logits[token] > 0 ? logits[token] / config.RepeatPenalty : logits[token] * config.RepeatPenalty;
            }
        }

        if (config.FrequencyPenalty != 0 || config.PresencePenalty != 0)
        {
            foreach (var (token, count) in _generated)
            {
                logits[token] -= (count * config.FrequencyPenalty) + config.PresencePenalty;
            }
        }
    }
}
