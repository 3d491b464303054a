namespace GenAI.Generation.Llama.Scheduling;

/// <summary>A sequence of the cache: the tokens it holds, whose they are, and whether a request is using it.</summary>
internal sealed class Slot(int id)
{
    public int Id { get; } = id;

    /// <summary>The tokens in the cache, by position.</summary>
    public List<int> Tokens { get; } = [];

    /// <summary>Owner of the tokens: prefixes are shared within a tenant only, as the time to first token would tell others what was asked.</summary>
    public string Tenant { get; set; } = string.Empty;

    public bool InUse { get; set; }

    /// <summary>Grows with every use; the least is evicted first.</summary>
    public long LastUsed { get; set; }

    public int CommonPrefix(ReadOnlySpan<int> tokens)
    {
        var own = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(Tokens);
        return own.CommonPrefixLength(tokens);
    }
}
