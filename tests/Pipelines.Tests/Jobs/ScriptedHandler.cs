using GenAI.Pipelines.Jobs;

namespace GenAI.Pipelines.Tests.Jobs;

/// <summary>Does what the test says with each job.</summary>
internal sealed class ScriptedHandler(Func<Job, IProgress<JobProgress>, CancellationToken, Task<JobPause?>> run) : IJobHandler
{
    public string Kind => "test";

    public Task<JobPause?> RunAsync(Job job, IProgress<JobProgress> progress, CancellationToken cancellationToken) => run(job, progress, cancellationToken);
}
