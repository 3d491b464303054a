namespace GenAI.Retrieval.Fusion;

/// <summary>A passage that one leg found.</summary>
/// <param name="View">Which segment of the snapshot.</param>
/// <param name="Chunk">Which chunk of the segment.</param>
/// <param name="Sequence">The document's place in the order of commits; breaks ties, so that a merge of segments never changes an order.</param>
internal readonly record struct Candidate(int View, int Chunk, long Sequence, double Score) : IComparable<Candidate>
{
    /// <summary>Better candidates come first. Chunks of one document keep their order within a segment.</summary>
    public int CompareTo(Candidate other)
    {
        var byScore = other.Score.CompareTo(Score);
        if (byScore != 0)
        {
            return byScore;
        }

        var bySequence = Sequence.CompareTo(other.Sequence);
        return bySequence != 0 ? bySequence : Chunk.CompareTo(other.Chunk);
    }
}
