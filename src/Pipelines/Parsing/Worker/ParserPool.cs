namespace GenAI.Pipelines.Parsing.Worker;

/// <summary>Keeps warm parser processes, replaces those that ended, and lets go of those that idle. Safe for concurrent use.</summary>
internal sealed class ParserPool : IAsyncDisposable
{
    private readonly DocumentParsersOptions _options;
    private readonly ParserWorkerCommand _command;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _places;
    private readonly Lock _lock = new();
    private readonly List<ParserProcess> _idle = [];
    private readonly ITimer _trim;
    private bool _disposed;

    public ParserPool(DocumentParsersOptions options, TimeProvider time)
    {
        _options = options;
        _command = options.WorkerCommand ?? ParserWorkerCommand.ForThisHost();
        _time = time;
        _places = new SemaphoreSlim(options.MaxWorkers);
        _trim = time.CreateTimer(_ => Trim(), null, options.IdleTimeout / 2, options.IdleTimeout / 2);
    }

    /// <summary>Process ids of the idle processes, for tests that look whether they live.</summary>
    public IReadOnlyList<int> IdleProcessIds
    {
        get
        {
            lock (_lock)
            {
                return [.. _idle.Select(process => process.ProcessId)];
            }
        }
    }

    public async Task<ParsedDocument> ParseAsync(ParserRequest request, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            var process = Take(request.Limits.MaxMemoryBytes);
            try
            {
                return await process.ParseAsync(request, cancellationToken);
            }
            finally
            {
                GiveBack(process);
            }
        }
        finally
        {
            _places.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        List<ParserProcess> idle;
        lock (_lock)
        {
            _disposed = true;
            idle = [.. _idle];
            _idle.Clear();
        }

        await _trim.DisposeAsync();
        idle.ForEach(process => process.Dispose());
    }

    private ParserProcess Take(long maxMemoryBytes)
    {
        while (true)
        {
            ParserProcess? process = null;
            lock (_lock)
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                var at = _idle.FindLastIndex(idle => idle.MaxMemoryBytes == maxMemoryBytes);
                if (at >= 0)
                {
                    process = _idle[at];
                    _idle.RemoveAt(at);
                }
            }

            if (process is null)
            {
                return ParserProcess.Start(_command, maxMemoryBytes, _time);
            }

            // One that was ended from outside while it idled is no fault of the next file.
            if (!process.HasExited())
            {
                return process;
            }

            process.Dispose();
        }
    }

    private void GiveBack(ParserProcess process)
    {
        lock (_lock)
        {
            if (!_disposed && process.IsUsable && process.FilesRead < _options.FilesPerWorker)
            {
                _idle.Add(process);
                return;
            }
        }

        process.Dispose();
    }

    private void Trim()
    {
        List<ParserProcess> stale;
        lock (_lock)
        {
            stale = [.. _idle.Where(process => _time.GetElapsedTime(process.LastUsed) >= _options.IdleTimeout)];
            _idle.RemoveAll(stale.Contains);
        }

        stale.ForEach(process => process.Dispose());
    }
}
