using System.Collections.Immutable;
using GenAI.Retrieval.Filters;
using GenAI.Retrieval.Segments;

namespace GenAI.Retrieval.Engine;

/// <summary>One consistent state of a collection. Immutable; a reader keeps it as long as it likes.</summary>
internal sealed class Snapshot
{
    public static readonly Snapshot Empty = new([]);

    private Snapshot(ImmutableArray<SegmentView> views)
    {
        Views = views;
        foreach (var view in views)
        {
            DocumentCount += view.DocumentCount;
            ChunkCount += view.ChunkCount;
            TotalLength += view.TotalLength;
        }
    }

    public ImmutableArray<SegmentView> Views { get; }

    public int DocumentCount { get; }

    public int ChunkCount { get; }

    /// <summary>Terms in all live chunks.</summary>
    public long TotalLength { get; }

    public IEnumerable<SegmentView> InMemory => Views.Where(view => view.Segment.IsInMemory);

    public IEnumerable<SegmentView> Stored => Views.Where(view => !view.Segment.IsInMemory);

    public Snapshot With(SegmentView view) => Of(Views.Add(view));

    /// <summary>This state without the given documents.</summary>
    public Snapshot Without(IReadOnlyList<string> ids, out int removed)
    {
        var total = 0;
        var views = Views.Select(view =>
        {
            var reduced = view.Without(ids, out var count);
            total += count;
            return reduced;
        }).ToImmutableArray();
        removed = total;
        return total == 0 ? this : Of(views);
    }

    /// <summary>
    /// Puts a merged segment in the place of its sources. What was deleted from them after the merge had
    /// <paramref name="captured"/> them is deleted from it too.
    /// </summary>
    public Snapshot Replace(IReadOnlyList<SegmentView> captured, Segment? merged)
    {
        var sources = captured.Select(view => view.Segment).ToHashSet();
        var rest = Views.Where(view => !sources.Contains(view.Segment));
        if (merged is null)
        {
            return Of([.. rest]);
        }

        var deleted = new DocumentSet(merged.DocumentCount);
        var ordinal = 0;
        foreach (var source in captured)
        {
            var now = Views.FirstOrDefault(view => view.Segment == source.Segment);
            for (var document = 0; document < source.Segment.DocumentCount; document++)
            {
                if (!source.IsLive(document))
                {
                    continue;
                }

                if (now is null || !now.IsLive(document))
                {
                    deleted.Add(ordinal);
                }

                ordinal++;
            }
        }

        return Of([.. rest, deleted.Count() == 0 ? new SegmentView(merged) : new SegmentView(merged, deleted)]);
    }

    private static Snapshot Of(ImmutableArray<SegmentView> views) => new(views.RemoveAll(view => view.DocumentCount == 0));
}
