using System.Runtime.InteropServices;
using System.Text;
using GenAI.Retrieval.Filters;
using GenAI.Retrieval.Storage;

namespace GenAI.Retrieval.Segments;

/// <summary>An immutable, searchable set of documents, read in place from its file. Safe for concurrent use.</summary>
/// <remarks>Spans that it hands out end with it: keep the segment alive (through its snapshot) while using them.</remarks>
internal sealed class Segment
{
    private readonly StoredBytes _bytes;
    private readonly SegmentFooter _footer;

    // Read at the first search that asks; two searches may both read one, and find the same.
    private readonly string?[] _fileNames;

    private Segment(string name, StoredBytes bytes, SegmentFooter footer)
    {
        Name = name;
        _bytes = bytes;
        _footer = footer;
        _fileNames = new string?[footer.Documents];
        DocumentOfChunk = new int[footer.Chunks];
        Attributes = new AttributeTable(footer.Documents);
        for (var document = 0; document < footer.Documents; document++)
        {
            var row = Row(document);
            DocumentOfChunk.AsSpan(row.FirstChunk, row.ChunkCount).Fill(document);
            LoadAttributes(document);
        }

        foreach (var length in ChunkLengths)
        {
            TotalLength += length;
        }
    }

    /// <summary>The file's name, empty for a segment that lives in memory until the next checkpoint.</summary>
    public string Name { get; }

    public bool IsInMemory => Name.Length == 0;

    public long SizeInBytes => _bytes.Length;

    public int Dimensions => _footer.Dimensions;

    public int DocumentCount => _footer.Documents;

    public int ChunkCount => _footer.Chunks;

    public int TermCount => _footer.Terms;

    /// <summary>Terms in all chunks.</summary>
    public long TotalLength { get; }

    public int[] DocumentOfChunk { get; }

    public AttributeTable Attributes { get; }

    public ReadOnlySpan<int> ChunkLengths => MemoryMarshal.Cast<byte, int>(Section(SegmentPart.Lengths));

    private ReadOnlySpan<DocumentRow> Rows => MemoryMarshal.Cast<byte, DocumentRow>(Section(SegmentPart.DocumentTable));

    private ReadOnlySpan<TermRow> Terms => MemoryMarshal.Cast<byte, TermRow>(Section(SegmentPart.TermTable));

    /// <summary>Opens a segment after checking every checksum.</summary>
    /// <exception cref="CorruptStoreException">The bytes are not those that were written.</exception>
    public static Segment Open(string name, string path, StoredBytes bytes) => new(name, bytes, SegmentFooter.Read(path, bytes));

    public DocumentRow Row(int document) => Rows[document];

    public ReadOnlySpan<byte> Content(int document)
    {
        var row = Row(document);
        return Section(SegmentPart.Contents, row.ContentOffset, row.ContentLength);
    }

    /// <summary>The name of the file a document was made from, without reading its text.</summary>
    public string FileName(int document) => _fileNames[document] ??= StoredFileName.Read(Content(document));

    public ReadOnlySpan<byte> AttributeBytes(int document)
    {
        var row = Row(document);
        return Section(SegmentPart.Attributes, row.AttributesOffset, row.AttributesLength);
    }

    public ReadOnlySpan<byte> IdBytes(int document)
    {
        var ids = Section(SegmentPart.Ids);
        var offsets = MemoryMarshal.Cast<byte, int>(ids).Slice(DocumentCount, DocumentCount + 1);
        return ids[(((2 * DocumentCount) + 1) * sizeof(int))..][offsets[document]..offsets[document + 1]];
    }

    public string Id(int document) => Encoding.UTF8.GetString(IdBytes(document));

    /// <summary>The ordinal of a document, or -1.</summary>
    public int FindDocument(ReadOnlySpan<byte> id)
    {
        var sorted = MemoryMarshal.Cast<byte, int>(Section(SegmentPart.Ids))[..DocumentCount];
        var low = 0;
        var high = DocumentCount - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = IdBytes(sorted[middle]).SequenceCompareTo(id);
            if (order == 0)
            {
                return sorted[middle];
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return -1;
    }

    public TermRow Term(int ordinal) => Terms[ordinal];

    public ReadOnlySpan<byte> TermBytes(TermRow term) => Section(SegmentPart.Terms, term.TermOffset, term.TermLength);

    public ReadOnlySpan<byte> Postings(TermRow term) => Section(SegmentPart.Postings, term.PostingsOffset, term.PostingsLength);

    public bool TryFindTerm(ReadOnlySpan<byte> term, out TermRow row)
    {
        var terms = Terms;
        var low = 0;
        var high = terms.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            row = terms[middle];
            var order = TermBytes(row).SequenceCompareTo(term);
            if (order == 0)
            {
                return true;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        row = default;
        return false;
    }

    /// <summary>Whether a document's passages have vectors: all of them, or none.</summary>
    public bool HasVectors(int document)
    {
        var row = Row(document);
        return row.ChunkCount > 0 && HasVector(row.FirstChunk);
    }

    public bool HasVector(int chunk) => Dimensions > 0 && !float.IsNaN(Vector(chunk)[0]);

    /// <summary>A passage's vector; numbers that are none (NaN) where it has none yet.</summary>
    public ReadOnlySpan<float> Vector(int chunk) =>
        MemoryMarshal.Cast<byte, float>(Section(SegmentPart.Vectors, (long)chunk * Dimensions * sizeof(float), Dimensions * sizeof(float)));

    private void LoadAttributes(int document)
    {
        var reader = new ByteReader(AttributeBytes(document));
        var (attributes, labels) = DocumentCodec.ReadAttributes(ref reader);
        foreach (var (key, value) in attributes)
        {
            Attributes.SetAttribute(document, key, value);
        }

        foreach (var label in labels)
        {
            Attributes.AddLabel(document, label);
        }
    }

    private ReadOnlySpan<byte> Section(SegmentPart part)
    {
        var (offset, length) = _footer.Parts[(int)part];
        return _bytes.Slice(offset, checked((int)length));
    }

    private ReadOnlySpan<byte> Section(SegmentPart part, long start, int length) => _bytes.Slice(_footer.Parts[(int)part].Offset + start, length);
}
