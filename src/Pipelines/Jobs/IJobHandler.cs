namespace GenAI.Pipelines.Jobs;

/// <summary>Does the work of one kind of job. Must be able to start again after being cut off anywhere.</summary>
public interface IJobHandler
{
    string Kind { get; }

    /// <summary>Runs the job to its end.</summary>
    /// <exception cref="JobFailedException">It cannot succeed; any other exception is reported as a fault of the server.</exception>
    Task RunAsync(Job job, IProgress<JobProgress> progress, CancellationToken cancellationToken);
}
