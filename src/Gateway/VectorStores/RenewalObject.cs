using GenAI.Pipelines.Jobs;

namespace GenAI.Gateway.VectorStores;

/// <summary>How far a store's vectors have been made for the model that is loaded.</summary>
internal sealed record RenewalObject(string JobId, double Progress, double? EtaSeconds)
{
    public static RenewalObject Of(Job job, DateTimeOffset now) => new(
        job.Id,
        Math.Round(job.Progress, 3),
        job.TimeLeft(now) is { } left ? Math.Round(left.TotalSeconds, 1) : null);
}
