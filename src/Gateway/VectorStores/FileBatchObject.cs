using GenAI.Pipelines.VectorStores;

namespace GenAI.Gateway.VectorStores;

/// <summary>OpenAI's file batch object.</summary>
internal sealed record FileBatchObject(
    string Id, string Object, long CreatedAt, string VectorStoreId, string Status, FileCountsObject FileCounts)
{
    public static FileBatchObject Of(FileBatch batch) => new(
        batch.Id,
        "vector_store.files_batch",
        batch.CreatedAt.ToUnixTimeSeconds(),
        batch.StoreId,
        Text(batch.FileCounts),
        FileCountsObject.Of(batch.FileCounts));

    private static string Text(FileCounts counts) => counts switch
    {
        { InProgress: > 0 } => "in_progress",
        { Cancelled: > 0 } => "cancelled",
        { Failed: > 0, Completed: 0 } => "failed",
        _ => "completed",
    };
}
