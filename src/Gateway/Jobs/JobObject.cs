using GenAI.Gateway.VectorStores;
using GenAI.Pipelines.Jobs;

namespace GenAI.Gateway.Jobs;

/// <summary>A job as people and the console watch it.</summary>
internal sealed record JobObject(
    string Id,
    string Object,
    string Kind,
    string Label,
    string State,
    string Stage,
    double Progress,
    long ItemsDone,
    long ItemsTotal,
    double? EtaSeconds,
    int Attempt,
    LastErrorObject? Error,
    long CreatedAt,
    long? StartedAt,
    long? FinishedAt)
{
    public static JobObject Of(Job job, DateTimeOffset now) => new(
        job.Id,
        "job",
        job.Kind,
        job.Label,
        job.State.ToString().ToLowerInvariant(),
        job.Stage.ToString().ToLowerInvariant(),
        Math.Round(job.Progress, 3),
        job.ItemsDone,
        job.ItemsTotal,
        job.TimeLeft(now) is { } left ? Math.Round(left.TotalSeconds, 1) : null,
        job.Attempt,
        job.Error is { } error ? new LastErrorObject(error.Code, error.Message) : null,
        job.CreatedAt.ToUnixTimeSeconds(),
        job.StartedAt?.ToUnixTimeSeconds(),
        job.FinishedAt?.ToUnixTimeSeconds());
}
