namespace GenAI.Pipelines.Chunking;

/// <summary>How long passages are, in tokens of the embedder.</summary>
public sealed record ChunkingOptions
{
    public const int LeastMaxTokens = 16;

    public static ChunkingOptions Default { get; } = new();

    /// <summary>No passage together with its context is longer than this.</summary>
    public int MaxTokens { get; init; } = 400;

    /// <summary>How much of a passage's end may stand again at the start of the next one, in whole sentences; 0 for none.</summary>
    public int OverlapTokens { get; init; } = 48;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxTokens, LeastMaxTokens);
        ArgumentOutOfRangeException.ThrowIfNegative(OverlapTokens);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(OverlapTokens, MaxTokens / 2);
    }
}
