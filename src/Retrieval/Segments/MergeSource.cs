namespace GenAI.Retrieval.Segments;

/// <summary>One segment going into a merge: its place in the term dictionary, and where its chunks go.</summary>
internal sealed class MergeSource
{
    private int _term;

    public MergeSource(SegmentView view)
    {
        View = view;
        NewChunk = new int[view.Segment.ChunkCount];
        Array.Fill(NewChunk, -1);
    }

    public SegmentView View { get; }

    /// <summary>For each chunk its ordinal in the merged segment, or -1 when its document is gone.</summary>
    public int[] NewChunk { get; }

    public bool AtEnd => _term == View.Segment.TermCount;

    public ReadOnlySpan<byte> Term => View.Segment.TermBytes(View.Segment.Term(_term));

    /// <summary>Copies the current term's live postings and goes to the next term.</summary>
    public void TakeInto(PostingList merged)
    {
        var postings = new PostingReader(View.Segment.Postings(View.Segment.Term(_term)));
        while (postings.MoveNext())
        {
            var chunk = NewChunk[postings.Chunk];
            if (chunk >= 0)
            {
                merged.Add(chunk, postings.Frequency);
            }
        }

        _term++;
    }
}
