using GenAI.Retrieval.Filters;
using GenAI.Retrieval.Fusion;
using GenAI.Retrieval.Segments;

namespace GenAI.Retrieval.Vectors;

/// <summary>Finds the nearest vectors of one segment. Safe for concurrent use.</summary>
internal interface IVectorIndex
{
    /// <summary>Offers the chunks nearest to <paramref name="query"/> by inner product among the allowed documents.</summary>
    void Search(Segment segment, int view, ReadOnlySpan<float> query, DocumentSet allowed, TopCandidates best, CancellationToken cancellationToken);
}
