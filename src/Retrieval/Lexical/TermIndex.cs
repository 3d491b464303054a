using System.Text;
using GenAI.Retrieval.Analysis;
using GenAI.Retrieval.Segments;

namespace GenAI.Retrieval.Lexical;

/// <summary>Gathers the postings of the chunks of one new segment.</summary>
internal sealed class TermIndex : ITermSink
{
    private readonly Dictionary<string, PostingList> _postings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PostingList>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private int _chunk = -1;
    private int _length;

    public TermIndex() => _lookup = _postings.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Indexes the next chunk and returns its length in terms.</summary>
    public int AddChunk(IEnumerable<string> texts)
    {
        _chunk++;
        _length = 0;
        foreach (var text in texts)
        {
            TextAnalyzer.Analyze(text, this);
        }

        return _length;
    }

    public void WriteTo(SegmentWriter writer)
    {
        var terms = _postings.Select(entry => (Bytes: Encoding.UTF8.GetBytes(entry.Key), entry.Value)).ToArray();
        Array.Sort(terms, (a, b) => a.Bytes.AsSpan().SequenceCompareTo(b.Bytes));
        foreach (var (bytes, list) in terms)
        {
            var postings = list.Finish();
            writer.AddTerm(bytes, list.ChunkFrequency, postings);
        }
    }

    void ITermSink.Add(ReadOnlySpan<char> term, bool overlaps)
    {
        if (!_lookup.TryGetValue(term, out var list))
        {
            _lookup[term] = list = new PostingList();
        }

        list.Add(_chunk);
        _length += overlaps ? 0 : 1;
    }
}
