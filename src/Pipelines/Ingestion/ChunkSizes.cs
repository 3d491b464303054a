using GenAI.Pipelines.Chunking;

namespace GenAI.Pipelines.Ingestion;

/// <summary>Sizes of chunks in tokens of the embedding model.</summary>
public sealed record ChunkSizes(int MaxTokens, int OverlapTokens)
{
    /// <summary>What a file gets whose caller leaves it to the server.</summary>
    public static ChunkSizes Default { get; } = new(ChunkingOptions.Default.MaxTokens, ChunkingOptions.Default.OverlapTokens);
}
