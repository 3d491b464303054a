namespace GenAI.Retrieval.Fusion;

/// <summary>A passage with what each leg said of it.</summary>
internal sealed record FusedCandidate(
    Candidate Candidate,
    double Score,
    int? LexicalRank,
    double? LexicalScore,
    int? VectorRank,
    double? VectorScore)
{
    /// <summary>How far the query names the passage's document, from 0 to 1.</summary>
    public double NameShare { get; init; }
}
