namespace GenAI.Pipelines.VectorStores;

/// <summary>How many files stand where.</summary>
public sealed record FileCounts(long InProgress, long Completed, long Failed, long Cancelled)
{
    public static FileCounts None { get; } = new(0, 0, 0, 0);

    public long Total => InProgress + Completed + Failed + Cancelled;
}
