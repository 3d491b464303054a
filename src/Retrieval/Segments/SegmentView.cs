using System.Text;
using GenAI.Retrieval.Filters;

namespace GenAI.Retrieval.Segments;

/// <summary>A segment as a snapshot sees it: with the documents that are still there. Immutable.</summary>
internal sealed class SegmentView
{
    private readonly DocumentSet? _deleted;

    public SegmentView(Segment segment)
    {
        Segment = segment;
        DocumentCount = segment.DocumentCount;
        ChunkCount = segment.ChunkCount;
        TotalLength = segment.TotalLength;
    }

    /// <summary>The segment without the documents in <paramref name="deleted"/>, which the view then owns.</summary>
    public SegmentView(Segment segment, DocumentSet deleted)
        : this(segment)
    {
        _deleted = deleted;
        for (var document = 0; document < segment.DocumentCount; document++)
        {
            if (deleted.Contains(document))
            {
                Subtract(document);
            }
        }
    }

    private SegmentView(SegmentView before, DocumentSet deleted, List<int> newlyDeleted)
    {
        Segment = before.Segment;
        DocumentCount = before.DocumentCount;
        ChunkCount = before.ChunkCount;
        TotalLength = before.TotalLength;
        _deleted = deleted;
        newlyDeleted.ForEach(Subtract);
    }

    public Segment Segment { get; }

    /// <summary>Live documents.</summary>
    public int DocumentCount { get; private set; }

    /// <summary>Live chunks.</summary>
    public int ChunkCount { get; private set; }

    /// <summary>Terms in live chunks.</summary>
    public long TotalLength { get; private set; }

    public bool HasDeletions => _deleted is not null;

    /// <summary>Deleted documents, or null when there are none.</summary>
    public DocumentSet? Deleted => _deleted;

    public bool IsLive(int document) => _deleted is null || !_deleted.Contains(document);

    public DocumentSet LiveDocuments() =>
        _deleted is null ? DocumentSet.All(Segment.DocumentCount) : _deleted.Copy().Invert();

    /// <summary>The ordinal of a live document, or -1.</summary>
    public int FindLive(string id)
    {
        var document = Segment.FindDocument(Encoding.UTF8.GetBytes(id));
        return document >= 0 && IsLive(document) ? document : -1;
    }

    /// <summary>This view without the documents of the given ids that it holds.</summary>
    public SegmentView Without(IReadOnlyList<string> ids, out int removed)
    {
        DocumentSet? deleted = null;
        var documents = new List<int>();
        foreach (var id in ids)
        {
            var document = FindLive(id);
            if (document >= 0 && deleted?.Contains(document) != true)
            {
                deleted ??= _deleted?.Copy() ?? new DocumentSet(Segment.DocumentCount);
                deleted.Add(document);
                documents.Add(document);
            }
        }

        removed = documents.Count;
        return deleted is null ? this : new SegmentView(this, deleted, documents);
    }

    private void Subtract(int document)
    {
        var row = Segment.Row(document);
        DocumentCount--;
        ChunkCount -= row.ChunkCount;
        foreach (var length in Segment.ChunkLengths.Slice(row.FirstChunk, row.ChunkCount))
        {
            TotalLength -= length;
        }
    }
}
