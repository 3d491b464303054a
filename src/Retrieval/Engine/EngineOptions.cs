namespace GenAI.Retrieval.Engine;

/// <summary>Sizes of the storage engine.</summary>
public sealed record EngineOptions
{
    /// <summary>
    /// Bytes of log after which its documents are moved to a segment on disk. It bounds the memory that unflushed
    /// documents take (about twice this) and the work of a restart.
    /// </summary>
    public long CheckpointBytes { get; init; } = 32 << 20;

    /// <summary>Characters of document text kept decoded for hits, over one collection.</summary>
    public int TextCacheCharacters { get; init; } = 8 << 20;
}
