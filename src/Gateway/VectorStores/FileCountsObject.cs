using GenAI.Pipelines.VectorStores;

namespace GenAI.Gateway.VectorStores;

/// <summary>Counts by which the SDKs poll: they wait while <c>in_progress</c> is above 0.</summary>
internal sealed record FileCountsObject(long InProgress, long Completed, long Failed, long Cancelled, long Total)
{
    public static FileCountsObject Of(FileCounts counts) =>
        new(counts.InProgress, counts.Completed, counts.Failed, counts.Cancelled, counts.Total);
}
