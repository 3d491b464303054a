namespace GenAI.Pipelines.Jobs;

/// <summary>One job that is running in this process.</summary>
internal sealed class JobRun : IDisposable
{
    private readonly CancellationTokenSource _cancellation;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public JobRun(Job job, CancellationToken stopping)
    {
        Job = job;
        _cancellation = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Token = _cancellation.Token;
    }

    public Job Job { get; }

    public CancellationToken Token { get; }

    /// <summary>True when a caller asked for the end, false when the whole runner stops.</summary>
    public bool CancelRequested { get; private set; }

    /// <summary>True when the job went back to the queue for its next step: another run may have it by now.</summary>
    public bool GoesOn { get; set; }

    public Task Ended => _ended.Task;

    public void Cancel()
    {
        CancelRequested = true;
        _cancellation.Cancel();
    }

    public void End() => _ended.TrySetResult();

    public void Dispose() => _cancellation.Dispose();
}
