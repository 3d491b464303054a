namespace GenAI.Retrieval.Collections;

/// <summary>A passage found, with the rank and score that each leg gave it (ranks from 1, null when the leg did not find it).</summary>
public sealed record SearchHit(
    CollectionDocument Document,
    Chunk Chunk,
    double Score,
    int? LexicalRank,
    double? LexicalScore,
    int? VectorRank,
    double? VectorScore)
{
    /// <summary>How far the search's text names the document by its file name, from 0 to 1; 0 where names were left out.</summary>
    public double NameShare { get; init; }
}
