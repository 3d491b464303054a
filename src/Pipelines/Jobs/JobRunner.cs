using System.Collections.Concurrent;
using System.Diagnostics;
using GenAI.Pipelines.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace GenAI.Pipelines.Jobs;

/// <summary>Runs queued jobs, a few side by side; one that fails leaves the others alone.</summary>
/// <remarks>
/// Safe for concurrent use. Jobs that a killed process left running start again with <see cref="Start"/>.
/// A job counts as cancelled only once its work has really stopped. Jobs of a lower step go first, and later steps never
/// take every worker, so that new jobs begin at once beside them.
/// </remarks>
public sealed partial class JobRunner : IAsyncDisposable
{
    /// <summary>Rest of a worker after a fault that was not a job's, such as a full disk.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    private readonly Database _database;
    private readonly JobStore _store;
    private readonly Dictionary<string, IJobHandler> _handlers;
    private readonly JobRunnerOptions _options;
    private readonly ILogger<JobRunner> _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _wakeUps = new(0);
    private readonly Lock _claiming = new();
    private readonly ConcurrentDictionary<string, JobRun> _running = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waiters = new(StringComparer.Ordinal);

    /// <summary>Jobs that have ended and whose end could not be written yet, with what writes it.</summary>
    private readonly ConcurrentQueue<(string Id, Action Write)> _unwritten = new();
    private Task[] _workers = [];

    public JobRunner(Database database, JobStore store, IEnumerable<IJobHandler> handlers, JobRunnerOptions options, ILogger<JobRunner> logger)
    {
        _database = database;
        _store = store;
        _handlers = handlers.ToDictionary(handler => handler.Kind, StringComparer.Ordinal);
        _options = options;
        _logger = logger;
    }

    /// <summary>Raised on a worker's thread whenever a job ends for good.</summary>
    public event Action<Job>? Finished;

    /// <summary>Queues again what was cut off and begins to work.</summary>
    public void Start()
    {
        var resumed = _store.Resume(_options.MaxAttempts);
        if (resumed > 0)
        {
            LogResumed(resumed);
        }

        _workers = [.. Enumerable.Range(0, _options.Workers).Select(_ => Task.Run(WorkAsync, CancellationToken.None))];
    }

    /// <summary>Writes jobs within one transaction of the caller's and lets the workers know when it has committed.</summary>
    internal T Enqueue<T>(Func<SqliteConnection, SqliteTransaction, T> write)
    {
        var result = _database.Write(write);
        Wake();
        return result;
    }

    /// <summary>Cancels a job and waits until its work has stopped.</summary>
    /// <returns>False when it is unknown or had already finished.</returns>
    public async Task<bool> CancelAsync(string id, CancellationToken cancellationToken)
    {
        JobRun? run;
        lock (_claiming)
        {
            if (!_running.TryGetValue(id, out run))
            {
                return _store.Cancel(id) && Announce(id);
            }

            run.Cancel();
        }

        await run.Ended.WaitAsync(cancellationToken);
        return _store.Find(id)?.State == JobState.Cancelled;
    }

    /// <summary>Queues a failed or cancelled job again.</summary>
    public bool Retry(string id)
    {
        var queued = _store.Requeue(id);
        if (queued)
        {
            Wake();
        }

        return queued;
    }

    /// <summary>Waits until a job has ended for good and returns it as it ended; null when the id is unknown.</summary>
    public async Task<Job?> WaitAsync(string id, CancellationToken cancellationToken)
    {
        while (true)
        {
            var ended = _waiters.GetOrAdd(id, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            if (_store.Find(id) is not { IsFinished: false } job)
            {
                _waiters.TryRemove(id, out _);
                return _store.Find(id);
            }

            await ended.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Stops the workers; what was running goes back to the queue for the next start.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_workers);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stopping.Dispose();
        _wakeUps.Dispose();
    }

    private void Wake()
    {
        if (_wakeUps.CurrentCount < _options.Workers)
        {
            _wakeUps.Release(_options.Workers);
        }
    }

    private async Task WorkAsync()
    {
        try
        {
            while (!_stopping.IsCancellationRequested)
            {
                if (!await TryWorkAsync())
                {
                    await _wakeUps.WaitAsync(s_pause, _stopping.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The runner stops.
        }
    }

    /// <returns>False after a fault.</returns>
    private async Task<bool> TryWorkAsync()
    {
        try
        {
            WriteEnds();
            if (Claim() is { } run)
            {
                await RunAsync(run);
            }
            else
            {
                await _wakeUps.WaitAsync(_stopping.Token);
            }

            return true;
        }
        catch (OperationCanceledException)
        {
            throw;
        }
#pragma warning disable CA1031 // a worker that ended would be missing until the next start, without a word
        catch (Exception fault)
#pragma warning restore CA1031
        {
            LogWorkerFault(fault);
            return false;
        }
    }

    private JobRun? Claim()
    {
        lock (_claiming)
        {
            // Nobody need be woken when a later step ends: the worker that ran it claims next.
            var lastStep = _options.Workers > 1 && _running.Values.Count(run => run.Job.Step > 0) >= _options.Workers - 1 ? 0 : int.MaxValue;
            if (_stopping.IsCancellationRequested || _store.Claim(lastStep) is not { } job)
            {
                return null;
            }

            var run = new JobRun(job, _stopping.Token);
            _running[job.Id] = run;
            return run;
        }
    }

    private async Task RunAsync(JobRun run)
    {
        var id = run.Job.Id;
        var end = await HandleAsync(run);
        try
        {
            end();
        }
        catch
        {
            // Or the job would stay "running" until the next start, and whoever waits for it too.
            _unwritten.Enqueue((id, end));
            throw;
        }
        finally
        {
            // Under the lock, so that whoever cancels has either cancelled by now or finds the run no more.
            lock (_claiming)
            {
                _running.TryRemove(KeyValuePair.Create(id, run));
            }

            try
            {
                if (!run.GoesOn)
                {
                    Announce(id);
                }
            }
            finally
            {
                run.End();
                run.Dispose();
            }
        }
    }

    /// <returns>What writes down how the job ended.</returns>
    private async Task<Action> HandleAsync(JobRun run)
    {
        var job = run.Job;
        var started = Stopwatch.GetTimestamp();
        try
        {
            var handler = _handlers.GetValueOrDefault(job.Kind)
                ?? throw new JobFailedException("server_error", $"This program has no handler for jobs of the kind '{job.Kind}'.");
            if (await handler.RunAsync(job, new Reporter(_store, job.Id), run.Token) is { } pause)
            {
                return () => Pause(run, pause);
            }

            var elapsed = Stopwatch.GetElapsedTime(started);
            LogDone(job.Kind, job.Id, elapsed);
            return () => _store.Finish(job.Id);
        }
        catch (OperationCanceledException) when (run.Token.IsCancellationRequested)
        {
            return () => End(run);
        }
        catch (JobFailedException failure)
        {
            LogFailed(job.Kind, job.Id, failure.Code);
            return () => _store.Fail(job.Id, new JobError(failure.Code, failure.Message));
        }
        catch (Exception full) when (StorageFullException.IsCauseOf(full))
        {
            LogFault(full, job.Kind, job.Id);
            return () => _store.Fail(job.Id, new JobError("server_error", "The server's disk is full. Free some space in its data folder (GENAI_DATA), then retry."));
        }
#pragma warning disable CA1031 // one job's fault, whatever it is, must not stop the others; it is logged and kept with the job
        catch (Exception fault)
#pragma warning restore CA1031
        {
            LogFault(fault, job.Kind, job.Id);
            return () => _store.Fail(job.Id, new JobError("server_error", "The server failed on this file; its log has the details. Retry, and report it if it fails again."));
        }
    }

    private void WriteEnds()
    {
        while (_unwritten.TryDequeue(out var end))
        {
            try
            {
                end.Write();
            }
            catch
            {
                _unwritten.Enqueue(end);
                throw;
            }

            Announce(end.Id);
        }
    }

    private void Pause(JobRun run, JobPause pause)
    {
        // Under the lock, so that whoever cancels finds either the run or the job in the queue.
        lock (_claiming)
        {
            if (run.CancelRequested)
            {
                _store.PauseCancelled(run.Job.Id, pause);
                return;
            }

            _store.Pause(run.Job.Id, pause);
            _running.TryRemove(KeyValuePair.Create(run.Job.Id, run));
            run.GoesOn = true;
        }

        Wake();
    }

    private void End(JobRun run)
    {
        if (run.CancelRequested)
        {
            _store.Cancel(run.Job.Id);
        }
        else
        {
            // Under the lock, so that no worker that has not seen the stop yet claims it again.
            lock (_claiming)
            {
                _store.Return(run.Job.Id);
            }
        }
    }

    private bool Announce(string id)
    {
        try
        {
            if (_store.Find(id) is { IsFinished: true } job)
            {
                Finished?.Invoke(job);
            }
        }
        finally
        {
            if (_waiters.TryRemove(id, out var waiter))
            {
                waiter.TrySetResult();
            }
        }

        return true;
    }

    private sealed class Reporter(JobStore store, string id) : IProgress<JobProgress>
    {
        public void Report(JobProgress value) => store.Report(id, value);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} jobs that were cut off start again")]
    private partial void LogResumed(int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {Kind} {Id} done in {Elapsed}")]
    private partial void LogDone(string kind, string id, TimeSpan elapsed);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {Kind} {Id} failed: {Code}")]
    private partial void LogFailed(string kind, string id, string code);

    [LoggerMessage(Level = LogLevel.Error, Message = "A worker met a fault outside of its job and goes on")]
    private partial void LogWorkerFault(Exception fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Kind} {Id} failed on a fault")]
    private partial void LogFault(Exception fault, string kind, string id);
}
