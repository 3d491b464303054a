using System.Threading.Channels;
using GenAI.Retrieval.Collections;
using GenAI.Retrieval.Segments;
using GenAI.Retrieval.Storage;
using Microsoft.Extensions.Logging;

namespace GenAI.Retrieval.Engine;

/// <summary>Moves logged documents to segments on disk and merges segments, beside searches and writes.</summary>
internal sealed partial class CollectionMaintenance : IAsyncDisposable
{
    private readonly IDirectory _directory;
    private readonly CollectionConfig _config;
    private readonly EngineOptions _options;
    private readonly CollectionState _state;
    private readonly DocumentCache _documents;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private CollectionWriter? _writer;
    private CommitPoint _commit;
    private Func<long> _nextSequence = () => 0;
    private Task _loop = Task.CompletedTask;

    public CollectionMaintenance(IDirectory directory, CommitPoint commit, EngineOptions options, CollectionState state, DocumentCache documents, ILogger logger)
    {
        _directory = directory;
        _config = commit.Config;
        _commit = commit;
        _options = options;
        _state = state;
        _documents = documents;
        _logger = logger;
    }

    /// <summary>To be called once, when the writer is there.</summary>
    public void Start(CollectionWriter writer, Func<long> nextSequence)
    {
        _writer = writer;
        _nextSequence = nextSequence;
        _loop = Task.Run(() => RunAsync(_stop.Token), CancellationToken.None);
        Signal();
    }

    /// <summary>Says that there may be work.</summary>
    public void Signal() => _signal.Writer.TryWrite(true);

    /// <summary>Stops the loop and, where there is something in the log, stores it, so that the next start replays nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        try
        {
            if (_writer!.LogBytes > 0)
            {
                await CheckpointAsync(CancellationToken.None);
            }
        }
#pragma warning disable CA1031 // Closing must not fail over this: the log holds everything, the next start replays it.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogFailure(_logger, error, _config.Id);
        }

        _stop.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await _signal.Reader.ReadAsync(cancellationToken);
                while (await StepAsync(cancellationToken))
                {
                }

                _documents.Retain(_state.Current);
            }
            catch (OperationCanceledException)
            {
                return;
            }
#pragma warning disable CA1031 // Nothing is lost by a failed checkpoint or merge; the next write tries again.
            catch (Exception error)
#pragma warning restore CA1031
            {
                LogFailure(_logger, error, _config.Id);
            }
        }
    }

    /// <summary>Does one piece of work; false when there is none.</summary>
    private async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        if (_writer!.LogBytes >= _options.CheckpointBytes)
        {
            await CheckpointAsync(cancellationToken);
            return true;
        }

        var current = _state.Current;
        if (MergePolicy.Choose(current.InMemory) is { Count: > 0 } inMemory)
        {
            var merged = SegmentMerger.InMemory(_config.Dimensions, inMemory, cancellationToken);
            _state.Change(snapshot => snapshot.Replace(inMemory, merged));
            return true;
        }

        if (MergePolicy.Choose(current.Stored) is { Count: > 0 } stored)
        {
            Store(stored, _commit.FirstLog, cancellationToken);
            return true;
        }

        return false;
    }

    /// <summary>Moves what the logs hold into a segment on disk and lets go of the logs.</summary>
    private async Task CheckpointAsync(CancellationToken cancellationToken)
    {
        var (firstLog, before) = await _writer!.RotateAsync(cancellationToken);
        Store([.. before.InMemory], firstLog, cancellationToken);
        _writer.OldLogsAreStored();
        LogCheckpoint(_logger, _config.Id, _state.Current.DocumentCount, _state.Current.Views.Length);
    }

    private void Store(IReadOnlyList<SegmentView> views, int firstLog, CancellationToken cancellationToken)
    {
        var number = _commit.NextSegment;
        _commit = _commit with { NextSegment = number + 1 };
        var merged = views.Any(view => view.DocumentCount > 0) ? WriteSegment(CollectionFiles.Segment(number), views, cancellationToken) : null;
        var snapshot = _state.Change(current => current.Replace(views, merged));
        var commit = _commit with
        {
            FirstLog = firstLog,
            NextSequence = _nextSequence(),
            Segments = [.. snapshot.Stored.Select(view => new StoredSegmentEntry(view.Segment.Name, view.Deleted is null ? [] : view.Deleted.Bytes.ToArray()))],
        };
        commit.Write(_directory);
        _commit = commit;
        CollectionFiles.DeleteUnused(_directory, commit);
    }

    private Segment WriteSegment(string name, IReadOnlyList<SegmentView> views, CancellationToken cancellationToken)
    {
        try
        {
            using (var file = _directory.Create(name))
            {
                SegmentMerger.Write(file, _config.Dimensions, views, cancellationToken);
                file.Sync();
            }

            // The name must be on the disk before a commit point that asks for it.
            _directory.Sync();

            // Read back before the log goes: a segment that does not verify must not be the only copy.
            return Segment.Open(name, _directory.PathOf(name), _directory.Open(name));
        }
        catch
        {
            _directory.Delete(name);
            throw;
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Collection {Collection}: checkpoint with {Documents} documents in {Segments} segments")]
    private static partial void LogCheckpoint(ILogger logger, string collection, int documents, int segments);

    [LoggerMessage(Level = LogLevel.Error, Message = "Collection {Collection}: a checkpoint or merge failed and will be tried again; nothing is lost")]
    private static partial void LogFailure(ILogger logger, Exception error, string collection);
}
