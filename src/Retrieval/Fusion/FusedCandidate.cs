namespace GenAI.Retrieval.Fusion;

/// <summary>A passage with what each leg said of it.</summary>
internal sealed record FusedCandidate(
    Candidate Candidate,
    double Score,
    int? LexicalRank,
    double? LexicalScore,
    int? VectorRank,
    double? VectorScore);
