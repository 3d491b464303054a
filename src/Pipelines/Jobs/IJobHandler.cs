namespace GenAI.Pipelines.Jobs;

/// <summary>Does the work of one kind of job. Must be able to start again after being cut off anywhere.</summary>
public interface IJobHandler
{
    string Kind { get; }

    /// <summary>Runs the job to its end, or to the end of its present step.</summary>
    /// <returns>Null when the job is done, or what goes on later, after the jobs that are at an earlier step.</returns>
    /// <exception cref="JobFailedException">It cannot succeed; any other exception is reported as a fault of the server.</exception>
    Task<JobPause?> RunAsync(Job job, IProgress<JobProgress> progress, CancellationToken cancellationToken);
}
