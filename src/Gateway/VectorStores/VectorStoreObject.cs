using GenAI.Pipelines.VectorStores;

namespace GenAI.Gateway.VectorStores;

/// <summary>OpenAI's vector store object.</summary>
internal sealed record VectorStoreObject(
    string Id,
    string Object,
    long CreatedAt,
    string Name,
    long UsageBytes,
    FileCountsObject FileCounts,
    string Status,
    ExpiresAfterObject? ExpiresAfter,
    long? ExpiresAt,
    long LastActiveAt,
    IReadOnlyDictionary<string, string> Metadata)
{
    public static VectorStoreObject Of(VectorStore store, DateTimeOffset now) => new(
        store.Id,
        "vector_store",
        store.CreatedAt.ToUnixTimeSeconds(),
        store.Name,
        store.UsageBytes,
        FileCountsObject.Of(store.FileCounts),
        Text(store, now),
        store.ExpiresAfterDays is { } days ? new ExpiresAfterObject(ExpiresAfterObject.LastActiveAt, days) : null,
        store.ExpiresAt?.ToUnixTimeSeconds(),
        store.LastActiveAt.ToUnixTimeSeconds(),
        store.Metadata);

    private static string Text(VectorStore store, DateTimeOffset now) =>
        store.IsExpired(now) ? "expired" : store.FileCounts.InProgress > 0 ? "in_progress" : "completed";
}
