namespace GenAI.Pipelines.Jobs;

public sealed class JobRunnerOptions
{
    /// <summary>Jobs that run side by side. Parsing is mostly waiting for child processes, so a few more than half the cores.</summary>
    public int Workers { get; set; } = Math.Clamp(Environment.ProcessorCount, 2, 8);

    /// <summary>Starts after which a job that takes the server down with it is given up.</summary>
    public int MaxAttempts { get; set; } = 3;
}
