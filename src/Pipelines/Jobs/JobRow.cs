namespace GenAI.Pipelines.Jobs;

/// <summary>A row of the table <c>jobs</c>.</summary>
internal sealed class JobRow
{
    public string Id { get; init; } = "";

    public string Kind { get; init; } = "";

    public string Label { get; init; } = "";

    public string Payload { get; init; } = "";

    public string State { get; init; } = "";

    public string Stage { get; init; } = "";

    public double Progress { get; init; }

    public long ItemsDone { get; init; }

    public long ItemsTotal { get; init; }

    public long Step { get; init; }

    public long Attempt { get; init; }

    public string? ErrorCode { get; init; }

    public string? ErrorMessage { get; init; }

    public long CreatedAt { get; init; }

    public long? StartedAt { get; init; }

    public long? FinishedAt { get; init; }

    public Job ToJob() => new(
        Id,
        Kind,
        Label,
        Payload,
        Enum.Parse<JobState>(State, ignoreCase: true),
        Enum.Parse<JobStage>(Stage, ignoreCase: true),
        Progress,
        ItemsDone,
        ItemsTotal,
        (int)Step,
        (int)Attempt,
        ErrorCode is null ? null : new JobError(ErrorCode, ErrorMessage ?? ""),
        DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        Time(StartedAt),
        Time(FinishedAt));

    private static DateTimeOffset? Time(long? milliseconds) =>
        milliseconds is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;
}
