namespace GenAI.Pipelines.Jobs;

/// <summary>A piece of work that survives a restart, as it stands at one moment.</summary>
/// <param name="Id">Starts with <c>job_</c>; sorts by creation.</param>
/// <param name="Kind">Chooses the handler.</param>
/// <param name="Label">What a person calls it, such as the file's name.</param>
/// <param name="Payload">JSON the handler understands.</param>
/// <param name="Progress">From 0 to 1.</param>
/// <param name="ItemsDone">Finished items of the current stage, such as embedded chunks.</param>
/// <param name="ItemsTotal">Items of the current stage, 0 while unknown.</param>
/// <param name="Step">How far it has come for good: a restart goes on from there.</param>
/// <param name="Attempt">How often its present step was started.</param>
/// <param name="Error">Set when it failed.</param>
public sealed record Job(
    string Id,
    string Kind,
    string Label,
    string Payload,
    JobState State,
    JobStage Stage,
    double Progress,
    long ItemsDone,
    long ItemsTotal,
    int Step,
    int Attempt,
    JobError? Error,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt)
{
    public bool IsFinished => State is JobState.Done or JobState.Failed or JobState.Cancelled;

    /// <summary>Null while it does not run, or has said nothing yet.</summary>
    internal JobPace? Pace { get; init; }

    /// <summary>Time left at the pace so far; null while there is nothing to go by: the first stages tell little of the last.</summary>
    public TimeSpan? TimeLeft(DateTimeOffset now) => Pace?.TimeLeft(now, Progress);
}
