namespace GenAI.Pipelines.VectorStores;

/// <summary>A row of the table <c>vector_stores</c>.</summary>
internal sealed class VectorStoreRow
{
    public string Id { get; init; } = "";

    public string CollectionId { get; init; } = "";

    public string Name { get; init; } = "";

    public string Metadata { get; init; } = "{}";

    public long? ExpiresAfterDays { get; init; }

    public long CreatedAt { get; init; }

    public long LastActiveAt { get; init; }

    public string ModelFingerprint { get; init; } = "";

    public VectorStore ToStore(FileCounts counts, long usageBytes) => new(
        Id,
        CollectionId,
        Name,
        MetadataJson.Read(Metadata),
        (int?)ExpiresAfterDays,
        DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        DateTimeOffset.FromUnixTimeMilliseconds(LastActiveAt),
        counts,
        usageBytes);
}
