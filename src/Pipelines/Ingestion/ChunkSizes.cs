namespace GenAI.Pipelines.Ingestion;

/// <summary>Sizes of chunks in tokens of the embedding model.</summary>
public sealed record ChunkSizes(int MaxTokens, int OverlapTokens);
