using GenAI.Pipelines.Files;
using GenAI.Pipelines.Jobs;
using Microsoft.Extensions.Logging;

namespace GenAI.Pipelines.VectorStores;

/// <summary>Removes files and vector stores whose time is over, and jobs that ended long ago, once an hour and at the start.</summary>
internal sealed partial class LibraryExpiry(
    FileStore files,
    VectorStoreService stores,
    VectorStoreFileService storeFiles,
    JobStore jobs,
    TimeSpan keepJobs,
    TimeProvider time,
    ILogger<LibraryExpiry> logger) : IAsyncDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromHours(1);

    /// <summary>An expired store still answers that it has expired, for this long.</summary>
    private static readonly TimeSpan s_grace = TimeSpan.FromDays(30);

    private readonly CancellationTokenSource _stopping = new();
    private Task _loop = Task.CompletedTask;

    public void Start() => _loop = Task.Run(LoopAsync, CancellationToken.None);

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        foreach (var fileId in files.Expired())
        {
            await storeFiles.DeleteEverywhereAsync(fileId, cancellationToken);
            LogFile(fileId);
        }

        var now = time.GetUtcNow();
        foreach (var store in stores.All().Where(store => store.ExpiresAt + s_grace <= now))
        {
            await stores.DeleteAsync(store.Id, cancellationToken);
            LogStore(store.Id);
        }

        var pruned = jobs.Prune(now - keepJobs);
        if (pruned > 0)
        {
            LogJobs(pruned);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _loop;
        _stopping.Dispose();
    }

    private async Task LoopAsync()
    {
        try
        {
            using var timer = new PeriodicTimer(s_interval, time);
            do
            {
                await TrySweepAsync();
            }
            while (await timer.WaitForNextTickAsync(_stopping.Token));
        }
        catch (OperationCanceledException)
        {
            // The library closes.
        }
    }

    private async Task TrySweepAsync()
    {
        try
        {
            await SweepAsync(_stopping.Token);
        }
        catch (OperationCanceledException)
        {
            throw;
        }
#pragma warning disable CA1031 // a failed sweep must not end the loop: the next one tries again
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogFault(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "File {Id} expired and was deleted")]
    private partial void LogFile(string id);

    [LoggerMessage(Level = LogLevel.Information, Message = "Vector store {Id} expired and was deleted")]
    private partial void LogStore(string id);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} jobs that ended long ago were removed from the list")]
    private partial void LogJobs(int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Removing what has expired failed; it is tried again in an hour")]
    private partial void LogFault(Exception exception);
}
