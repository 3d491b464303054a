namespace GenAI.Pipelines.Jobs;

public sealed class JobRunnerOptions
{
    /// <summary>Jobs that run side by side: one a core, since parsing is mostly waiting for child processes, and one for what is new.</summary>
    public int Workers { get; set; } = Math.Clamp(Environment.ProcessorCount, 2, 8) + 1;

    /// <summary>Starts after which a job that takes the server down with it is given up.</summary>
    public int MaxAttempts { get; set; } = 3;

    /// <summary>How long a job that has ended is kept; the last job of a file that is in a vector store stays as long as the file does.</summary>
    public TimeSpan KeepFinished { get; set; } = TimeSpan.FromDays(30);
}
