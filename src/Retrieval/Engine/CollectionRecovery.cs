using GenAI.Retrieval.Collections;
using GenAI.Retrieval.Filters;
using GenAI.Retrieval.Logs;
using GenAI.Retrieval.Segments;
using GenAI.Retrieval.Storage;

namespace GenAI.Retrieval.Engine;

/// <summary>Brings a collection back to the state of the last acknowledged write.</summary>
internal sealed class CollectionRecovery(IDirectory directory, CommitPoint commit)
{
    private readonly Dictionary<string, (long Sequence, CollectionDocument Document)> _added = new(StringComparer.Ordinal);
    private readonly HashSet<string> _touched = new(StringComparer.Ordinal);

    /// <summary>The log that is written next, open at the end of its last whole record.</summary>
    public LogWriter? Log { get; private set; }

    public int LogNumber { get; private set; }

    /// <summary>Bytes of replayed log before the last one.</summary>
    public long OldLogBytes { get; private set; }

    public long NextSequence { get; private set; } = commit.NextSequence;

    public Snapshot Run(CancellationToken cancellationToken)
    {
        var snapshot = Snapshot.Empty;
        foreach (var entry in commit.Segments)
        {
            cancellationToken.ThrowIfCancellationRequested();
            snapshot = snapshot.With(OpenSegment(entry));
        }

        ReplayLogs(cancellationToken);
        snapshot = snapshot.Without([.. _touched], out _);
        if (_added.Count > 0)
        {
            var documents = _added.Values.OrderBy(entry => entry.Sequence).ToArray();
            snapshot = snapshot.With(new SegmentView(SegmentBuilder.InMemory(commit.Config.Dimensions, documents)));
        }

        CollectionFiles.DeleteUnused(directory, commit);
        return snapshot;
    }

    private SegmentView OpenSegment(StoredSegmentEntry entry)
    {
        var path = directory.PathOf(entry.Name);
        StoredBytes bytes;
        try
        {
            bytes = directory.Open(entry.Name);
        }
        catch (FileNotFoundException)
        {
            throw new CorruptStoreException(path, "it is missing.");
        }

        var segment = Segment.Open(entry.Name, path, bytes);
        return entry.Deleted.Length == 0
            ? new SegmentView(segment)
            : new SegmentView(segment, DocumentSet.FromBytes(segment.DocumentCount, entry.Deleted));
    }

    private void ReplayLogs(CancellationToken cancellationToken)
    {
        var last = directory.Files().Select(CollectionFiles.LogNumber).Append(-1).Max();
        for (var number = commit.FirstLog; number <= last; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var name = CollectionFiles.Log(number);
            if (!directory.Files().Contains(name, StringComparer.Ordinal))
            {
                throw new CorruptStoreException(directory.PathOf(name), "it is missing.");
            }

            Replay(name, number, isLast: number == last);
        }

        if (Log is null)
        {
            throw new CorruptStoreException(directory.PathOf(CollectionFiles.Log(commit.FirstLog)), "it is missing.");
        }
    }

    private void Replay(string name, int number, bool isLast)
    {
        var bytes = directory.Open(name);
        var reader = new LogReader(directory.PathOf(name), bytes, mayBeTorn: isLast);
        var hasHeader = reader.ReadFileHeader();
        while (hasHeader && reader.TryRead(out var payload))
        {
            Apply(LogRecord.Decode(payload, commit.Config.Dimensions));
        }

        GC.KeepAlive(bytes);
        if (!isLast)
        {
            OldLogBytes += bytes.Length - LogFormat.FileHeaderLength;
            return;
        }

        LogNumber = number;
        Log = hasHeader ? LogWriter.Continue(directory, name, reader.ValidLength) : LogWriter.Create(directory, name);
    }

    private void Apply(LogRecord record)
    {
        foreach (var id in record.DeletedIds)
        {
            _touched.Add(id);
            _added.Remove(id);
        }

        var sequence = record.FirstSequence;
        foreach (var document in record.Documents)
        {
            _touched.Add(document.Id);
            _added[document.Id] = (sequence++, document);
        }

        NextSequence = Math.Max(NextSequence, sequence);
    }
}
