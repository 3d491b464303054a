using System.Runtime.InteropServices;
using GenAI.Retrieval.Storage;

namespace GenAI.Retrieval.Segments;

/// <summary>Assembles one segment file.</summary>
/// <remarks>
/// Call in this order: all <see cref="AddDocument"/>, all <see cref="AddVector"/>, all <see cref="AddTerm"/> sorted by
/// the term's bytes, <see cref="Finish"/>. The large sections stream through; the tables wait in memory.
/// </remarks>
internal sealed class SegmentWriter
{
    private readonly SectionWriter _sections;
    private readonly int _dimensions;
    private readonly List<DocumentRow> _rows = [];
    private readonly List<byte[]> _ids = [];
    private readonly List<int> _lengths = [];
    private readonly List<TermRow> _terms = [];
    private readonly ByteWriter _attributes = new();
    private readonly ByteWriter _termBytes = new();
    private long _contentOffset;
    private long _postingsOffset;
    private SegmentPart _open = SegmentPart.Contents;

    public SegmentWriter(WritableFile file, int dimensions)
    {
        _sections = new SectionWriter(file);
        _dimensions = dimensions;
        _sections.Begin(SegmentPart.Contents);
    }

    /// <summary>Adds a document and returns the ordinal of its first chunk.</summary>
    public int AddDocument(ReadOnlySpan<byte> id, long sequence, ReadOnlySpan<byte> content, ReadOnlySpan<byte> attributes, ReadOnlySpan<int> chunkLengths)
    {
        var firstChunk = _lengths.Count;
        _rows.Add(new DocumentRow(_contentOffset, _attributes.Length, sequence, content.Length, attributes.Length, firstChunk, chunkLengths.Length));
        _ids.Add(id.ToArray());
        _lengths.AddRange(chunkLengths);
        _attributes.Bytes(attributes);
        _sections.Append(content);
        _contentOffset += content.Length;
        return firstChunk;
    }

    public void AddVector(ReadOnlySpan<float> vector)
    {
        Switch(SegmentPart.Vectors);
        _sections.Append(MemoryMarshal.AsBytes(vector));
    }

    public void AddTerm(ReadOnlySpan<byte> term, int chunkFrequency, ReadOnlySpan<byte> postings)
    {
        Switch(SegmentPart.Postings);
        _terms.Add(new TermRow(_postingsOffset, postings.Length, chunkFrequency, _termBytes.Length, term.Length));
        _termBytes.Bytes(term);
        _sections.Append(postings);
        _postingsOffset += postings.Length;
    }

    public void Finish()
    {
        _sections.End();
        _sections.Write(SegmentPart.Terms, _termBytes.Written);
        _sections.Write(SegmentPart.TermTable, MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_terms)));
        _sections.Write(SegmentPart.Lengths, MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_lengths)));
        _sections.Write(SegmentPart.Attributes, _attributes.Written);
        _sections.Write(SegmentPart.DocumentTable, MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_rows)));
        _sections.Write(SegmentPart.Ids, IdTable());
        _sections.Finish(_dimensions, _rows.Count, _lengths.Count, _terms.Count);
    }

    private void Switch(SegmentPart part)
    {
        if (_open != part)
        {
            _sections.End();
            _sections.Begin(part);
            _open = part;
        }
    }

    private ReadOnlySpan<byte> IdTable()
    {
        var table = new ByteWriter();
        foreach (var ordinal in Enumerable.Range(0, _ids.Count).Order(Comparer<int>.Create((a, b) => _ids[a].AsSpan().SequenceCompareTo(_ids[b]))))
        {
            table.UInt32((uint)ordinal);
        }

        var offset = 0u;
        foreach (var id in _ids)
        {
            table.UInt32(offset);
            offset += (uint)id.Length;
        }

        table.UInt32(offset);
        _ids.ForEach(id => table.Bytes(id));
        return table.Written;
    }
}
