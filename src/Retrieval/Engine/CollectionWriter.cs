using System.Threading.Channels;
using GenAI.Retrieval.Collections;
using GenAI.Retrieval.Logs;
using GenAI.Retrieval.Storage;

namespace GenAI.Retrieval.Engine;

/// <summary>The only writer of a collection's log: takes waiting changes together, syncs once, then makes them visible.</summary>
internal sealed class CollectionWriter : IAsyncDisposable
{
    /// <summary>Changes hold their documents' segments while they wait, so few may.</summary>
    private const int MaxWaiting = 64;

    private const int MaxGroupBytes = 16 << 20;

    private readonly IDirectory _directory;
    private readonly CollectionState _state;
    private readonly Action _written;
    private readonly Task _loop;
    private readonly Channel<PendingWrite> _queue =
        Channel.CreateBounded<PendingWrite>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private LogWriter _log;
    private long _oldLogBytes;
    private Exception? _broken;

    public CollectionWriter(IDirectory directory, CollectionState state, LogWriter log, int logNumber, long oldLogBytes, Action written)
    {
        _directory = directory;
        _state = state;
        _log = log;
        _oldLogBytes = oldLogBytes;
        _written = written;
        LogNumber = logNumber;
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Number of the log that is written to.</summary>
    public int LogNumber { get; private set; }

    /// <summary>Bytes of log that no segment on disk holds yet.</summary>
    public long LogBytes => Interlocked.Read(ref _oldLogBytes) + Volatile.Read(ref _log).Length - LogFormat.FileHeaderLength;

    /// <summary>Completes when the change is durable and visible. Cancelling works until the change has its place in the queue.</summary>
    /// <exception cref="ObjectDisposedException">The collection was closed meanwhile; nothing was written.</exception>
    public async Task<int> WriteAsync(ReadOnlyMemory<byte> payload, Func<Snapshot, (Snapshot Next, int Count)> apply, CancellationToken cancellationToken)
    {
        var write = new PendingWrite(payload, apply);
        try
        {
            await _queue.Writer.WriteAsync(write, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            throw Closed();
        }

        return await write.Done.Task;
    }

    public static ObjectDisposedException Closed() => new(
        nameof(IDocumentCollection), "The collection was deleted, or its store is being closed: nothing was written.");

    /// <summary>Begins a new log; returns its number and the state that the logs before it lead to.</summary>
    public async Task<(int FirstLog, Snapshot Before)> RotateAsync(CancellationToken cancellationToken)
    {
        var before = Snapshot.Empty;
        var number = await WriteAsync(default, current => (before = current, LogNumber), cancellationToken);
        return (number, before);
    }

    /// <summary>To be called when the logs before the current one are in segments.</summary>
    public void OldLogsAreStored() => Interlocked.Exchange(ref _oldLogBytes, 0);

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
        _log.Dispose();
    }

    private async Task RunAsync()
    {
        while (await _queue.Reader.WaitToReadAsync())
        {
            var group = new List<PendingWrite>();
            var bytes = 0L;
            while (bytes < MaxGroupBytes && _queue.Reader.TryPeek(out var write) && !write.Payload.IsEmpty)
            {
                _queue.Reader.TryRead(out _);
                group.Add(write);
                bytes += write.Payload.Length;
            }

            if (group.Count > 0)
            {
                Process(group, () => Append(group));
                _written();
            }
            else if (_queue.Reader.TryRead(out var rotation))
            {
                Process([rotation], Rotate);
            }
        }
    }

    private void Process(List<PendingWrite> group, Action makeDurable)
    {
        if (_broken is not null)
        {
            Fail(group, _broken);
            return;
        }

        try
        {
            makeDurable();
        }
#pragma warning disable CA1031 // Whatever the disk throws goes to those who wait; the loop must live to answer them.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Fail(group, error);
            return;
        }

        foreach (var write in group)
        {
            var count = 0;
            _state.Change(current =>
            {
                (var next, count) = write.Apply(current);
                return next;
            });
            write.Done.SetResult(count);
        }
    }

    private void Append(List<PendingWrite> group)
    {
        try
        {
            _log.AppendGroup(group.ConvertAll(write => write.Payload));
        }
        catch (IOException)
        {
            // A full disk: take back the half-written group, so that the log stays whole and later writes may succeed.
            Guarded(_log.RollBack);
            throw;
        }

        Guarded(_log.Sync);
    }

    private void Rotate()
    {
        var next = CreateLog(CollectionFiles.Log(LogNumber + 1));
        Interlocked.Add(ref _oldLogBytes, _log.Length - LogFormat.FileHeaderLength);
        _log.Dispose();
        Volatile.Write(ref _log, next);
        LogNumber++;
    }

    private LogWriter CreateLog(string name)
    {
        try
        {
            return LogWriter.Create(_directory, name);
        }
        catch
        {
            // The current log goes on, and only the last log may have a torn end: a half-made successor must not stay.
            Guarded(() =>
            {
                _directory.Delete(name);
                _directory.Sync();
            });
            throw;
        }
    }

    /// <summary>After a failed sync nobody knows what the disk holds, so nothing more is written until the log is read again.</summary>
    private void Guarded(Action action)
    {
        try
        {
            action();
        }
        catch (Exception error)
        {
            _broken = error;
            throw;
        }
    }

    private void Fail(List<PendingWrite> group, Exception error) => group.ForEach(write => write.Done.TrySetException(new IOException(
        $"Nothing was written to {_directory.PathOf(CollectionFiles.Log(LogNumber))}: {error.Message} "
            + (_broken is null ? "Free some space and try again." : "Check the disk and restart; what was acknowledged is safe."),
        error)));
}
