using GenAI.Pipelines.Ingestion;
using GenAI.Pipelines.Jobs;

namespace GenAI.Pipelines.VectorStores;

/// <summary>A row of the table <c>vector_store_files</c>.</summary>
internal sealed class VectorStoreFileRow
{
    public string StoreId { get; init; } = "";

    public string FileId { get; init; } = "";

    /// <summary>Sorts the store's files in the order in which they were added.</summary>
    public string Position { get; init; } = "";

    public string JobId { get; init; } = "";

    public string Attributes { get; init; } = "{}";

    public long? MaxChunkTokens { get; init; }

    public long? OverlapTokens { get; init; }

    public long UsageBytes { get; init; }

    public string? Source { get; init; }

    public long CreatedAt { get; init; }

    public ChunkSizes? Chunking =>
        MaxChunkTokens is { } max && OverlapTokens is { } overlap ? new ChunkSizes((int)max, (int)overlap) : null;

    public VectorStoreFile ToFile(Job job) => new(
        StoreId,
        FileId,
        job,
        AttributesJson.Read(Attributes),
        Chunking,
        UsageBytes,
        Source,
        DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt));
}
