using GenAI.Retrieval.Segments;

namespace GenAI.Retrieval.Engine;

/// <summary>Chooses segments to merge: eight of about one size, or one whose documents are mostly gone.</summary>
/// <remarks>Tiers keep the work per document logarithmic in the number of documents.</remarks>
internal static class MergePolicy
{
    public const int Factor = 8;

    private const int SmallestTier = 64;
    private const int MaxMergedChunks = 4_000_000;
    private const double MinLiveShare = 0.5;

    public static IReadOnlyList<SegmentView> Choose(IEnumerable<SegmentView> views)
    {
        var candidates = views.ToArray();
        var emptied = candidates.FirstOrDefault(view => view.DocumentCount < view.Segment.DocumentCount * MinLiveShare);
        if (emptied is not null)
        {
            return [emptied];
        }

        var tier = candidates
            .Where(view => view.ChunkCount <= MaxMergedChunks / Factor)
            .GroupBy(Tier)
            .OrderBy(group => group.Key)
            .FirstOrDefault(group => group.Count() >= Factor);
        return tier is null ? [] : [.. tier];
    }

    private static int Tier(SegmentView view) => (int)Math.Log((double)Math.Max(view.ChunkCount, SmallestTier) / SmallestTier, Factor);
}
