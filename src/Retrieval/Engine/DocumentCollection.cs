using GenAI.Retrieval.Collections;
using GenAI.Retrieval.Logs;
using GenAI.Retrieval.Segments;
using GenAI.Retrieval.Storage;
using GenAI.Retrieval.Vectors;
using Microsoft.Extensions.Logging;

namespace GenAI.Retrieval.Engine;

/// <summary>The embedded engine's collection: a log that makes writes durable, segments that make them fast to find.</summary>
internal sealed class DocumentCollection : IDocumentCollection, IAsyncDisposable
{
    private readonly IDirectory _directory;
    private readonly CollectionState _state;
    private readonly CollectionMaintenance _maintenance;
    private readonly CollectionWriter _writer;
    private readonly DocumentCache _documents;
    private readonly HybridSearch _search;
    private long _nextSequence;
    private int _closed;

    private DocumentCollection(IDirectory directory, CommitPoint commit, CollectionRecovery recovered, Snapshot snapshot, EngineOptions options, ILogger logger)
    {
        Config = commit.Config;
        _directory = directory;
        _nextSequence = recovered.NextSequence;
        _documents = new DocumentCache(options.TextCacheCharacters);
        _search = new HybridSearch(Config, _documents, new ExactVectorScan());
        _state = new CollectionState(snapshot);
        _maintenance = new CollectionMaintenance(directory, commit, options, _state, _documents, logger);
        _writer = new CollectionWriter(directory, _state, recovered.Log!, recovered.LogNumber, recovered.OldLogBytes, _maintenance.Signal);
        _maintenance.Start(_writer, () => Interlocked.Read(ref _nextSequence));
    }

    public CollectionConfig Config { get; }

    public int DocumentCount => _state.Current.DocumentCount;

    public int ChunkCount => _state.Current.ChunkCount;

    public long SizeInBytes => _directory.Files().Sum(LengthOrZero);

    /// <summary>Makes the files of an empty collection; the commit point comes last, so without it there is no collection.</summary>
    public static void Create(IDirectory directory, CollectionConfig config)
    {
        using (LogWriter.Create(directory, CollectionFiles.Log(1)))
        {
            new CommitPoint(CommitPoint.CurrentFormat, config, FirstLog: 1, NextSegment: 1, NextSequence: 0, Segments: []).Write(directory);
        }
    }

    /// <summary>Opens a collection, replaying what its last process had not yet put into segments.</summary>
    public static DocumentCollection Open(IDirectory directory, EngineOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        var commit = CommitPoint.Read(directory);
        var recovery = new CollectionRecovery(directory, commit);
        var snapshot = recovery.Run(cancellationToken);
        return new DocumentCollection(directory, commit, recovery, snapshot, options, logger);
    }

    public async Task CommitAsync(IReadOnlyList<CollectionDocument> documents, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(documents);
        ThrowIfClosed();
        DocumentValidation.Check(documents, Config.Dimensions);
        if (documents.Count == 0)
        {
            return;
        }

        // Analysis and encoding are done here, beside other writers; only the log's order is decided by the queue.
        var first = Interlocked.Add(ref _nextSequence, documents.Count) - documents.Count;
        var (payload, segment) = await Task.Run(() => (Encode(first, documents), Index(first, documents)), cancellationToken);
        var ids = documents.Select(document => document.Id).ToArray();
        await _writer.WriteAsync(payload, current => (current.Without(ids, out var replaced).With(new SegmentView(segment)), replaced), cancellationToken);
    }

    public async Task<int> DeleteAsync(IReadOnlyList<string> documentIds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(documentIds);
        ThrowIfClosed();
        return documentIds.Count == 0
            ? 0
            : await _writer.WriteAsync(
                LogRecord.Delete(documentIds).Encode(),
                current => (current.Without(documentIds, out var removed), removed),
                cancellationToken);
    }

    public CollectionDocument? Find(string documentId)
    {
        ArgumentNullException.ThrowIfNull(documentId);
        var snapshot = _state.Current;
        foreach (var view in snapshot.Views)
        {
            var document = view.FindLive(documentId);
            if (document >= 0)
            {
                return _documents.Get(view.Segment, document);
            }
        }

        return null;
    }

    public IReadOnlyList<string> DocumentIds() => [.. LiveDocuments().Select(entry => entry.Segment.Id(entry.Document))];

    public IReadOnlyList<BareDocument> DocumentsWithoutVectors() => Config.Dimensions == 0
        ? []
        :
        [
            .. LiveDocuments()
                .Where(entry => entry.Segment.Row(entry.Document).ChunkCount > 0 && !entry.Segment.HasVectors(entry.Document))
                .Select(entry => new BareDocument(entry.Segment.Id(entry.Document), entry.Segment.Row(entry.Document).ChunkCount)),
        ];

    public IReadOnlyList<SearchHit> Search(SearchRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _search.Run(_state.Current, request, cancellationToken);
    }

    /// <summary>Stores what is in the log and closes. Snapshots already taken stay readable.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 0)
        {
            await _maintenance.DisposeAsync();
            await _writer.DisposeAsync();
        }
    }

    private static ReadOnlyMemory<byte> Encode(long first, IReadOnlyList<CollectionDocument> documents)
    {
        var payload = LogRecord.Commit(first, documents).Encode();
        return payload.Length <= LogFormat.MaxRecordLength
            ? payload
            : throw new ArgumentException($"The commit takes {payload.Length} bytes, more than {LogFormat.MaxRecordLength}; commit fewer documents at once.", nameof(documents));
    }

    private Segment Index(long first, IReadOnlyList<CollectionDocument> documents) =>
        SegmentBuilder.InMemory(Config.Dimensions, [.. documents.Select((document, i) => (first + i, document))]);

    /// <summary>In commit order.</summary>
    private IEnumerable<(Segment Segment, int Document)> LiveDocuments() => _state.Current.Views
        .SelectMany(view => Enumerable.Range(0, view.Segment.DocumentCount).Where(view.IsLive).Select(document => (view.Segment, Document: document)))
        .OrderBy(entry => entry.Segment.Row(entry.Document).Sequence);

    private void ThrowIfClosed()
    {
        if (Volatile.Read(ref _closed) != 0)
        {
            throw CollectionWriter.Closed();
        }
    }

    // A file may be merged away between listing and asking.
    private long LengthOrZero(string name)
    {
        try
        {
            return _directory.Length(name);
        }
        catch (FileNotFoundException)
        {
            return 0;
        }
    }
}
