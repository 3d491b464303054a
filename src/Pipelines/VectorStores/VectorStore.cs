namespace GenAI.Pipelines.VectorStores;

/// <summary>A named set of files that is searched as one.</summary>
/// <param name="Id">Starts with <c>vs_</c>.</param>
/// <param name="CollectionId">The collection that holds its passages now.</param>
/// <param name="Metadata">Up to 16 pairs of the caller's.</param>
/// <param name="ExpiresAfterDays">Days without use after which it expires, or null.</param>
/// <param name="UsageBytes">Text and vectors of its finished files.</param>
public sealed record VectorStore(
    string Id,
    string CollectionId,
    string Name,
    IReadOnlyDictionary<string, string> Metadata,
    int? ExpiresAfterDays,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastActiveAt,
    FileCounts FileCounts,
    long UsageBytes)
{
    public DateTimeOffset? ExpiresAt => ExpiresAfterDays is { } days ? LastActiveAt.AddDays(days) : null;

    public bool IsExpired(DateTimeOffset now) => ExpiresAt <= now;
}
