namespace GenAI.Pipelines.Jobs;

/// <summary>Where a running job stood when its present step first told of itself; its pace is reckoned from there.</summary>
internal sealed record JobPace(DateTimeOffset At, double Progress)
{
    /// <summary>Below it a job is in stages that tell little of the time that the last one takes.</summary>
    private const double FirstTelling = 0.05;

    public TimeSpan? TimeLeft(DateTimeOffset now, double progress) => progress is > FirstTelling and < 1 && progress > Progress
        ? (now - At) * ((1 - progress) / (progress - Progress))
        : null;
}
