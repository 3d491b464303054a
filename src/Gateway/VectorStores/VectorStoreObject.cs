using GenAI.Pipelines.Jobs;
using GenAI.Pipelines.VectorStores;

namespace GenAI.Gateway.VectorStores;

/// <summary>
/// OpenAI's vector store object; <c>x_documents</c> counts what can be asked, files whose vectors are still being made
/// included, and <c>x_renewal</c> is there while the vectors of a whole store are made again.
/// </summary>
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
    IReadOnlyDictionary<string, string> Metadata,
    int XDocuments,
    RenewalObject? XRenewal)
{
    public static VectorStoreObject Of(VectorStore store, int documents, Job? renewal, DateTimeOffset now) => new(
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
        store.Metadata,
        documents,
        renewal is null ? null : RenewalObject.Of(renewal, now));

    private static string Text(VectorStore store, DateTimeOffset now) =>
        store.IsExpired(now) ? "expired" : store.FileCounts.InProgress > 0 ? "in_progress" : "completed";
}
