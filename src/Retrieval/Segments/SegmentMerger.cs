using GenAI.Retrieval.Storage;

namespace GenAI.Retrieval.Segments;

/// <summary>Copies the live documents of several segments into one, without analysing any text again.</summary>
internal static class SegmentMerger
{
    public static void Write(WritableFile file, int dimensions, IReadOnlyList<SegmentView> views, CancellationToken cancellationToken)
    {
        var sources = views.Select(view => new MergeSource(view)).ToArray();
        var writer = new SegmentWriter(file, dimensions);
        foreach (var source in sources)
        {
            CopyDocuments(source, writer, cancellationToken);
        }

        if (dimensions > 0)
        {
            CopyVectors(sources, writer, cancellationToken);
        }

        MergeTerms(sources, writer, cancellationToken);
        writer.Finish();
        GC.KeepAlive(views);
    }

    /// <summary>Merges into a segment that lives in memory.</summary>
    public static Segment InMemory(int dimensions, IReadOnlyList<SegmentView> views, CancellationToken cancellationToken)
    {
        using var file = new MemoryFile();
        Write(file, dimensions, views, cancellationToken);
        return Segment.Open(string.Empty, "memory", new ArrayBytes(file.ToArray()));
    }

    private static void CopyDocuments(MergeSource source, SegmentWriter writer, CancellationToken cancellationToken)
    {
        var segment = source.View.Segment;
        for (var document = 0; document < segment.DocumentCount; document++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!source.View.IsLive(document))
            {
                continue;
            }

            var row = segment.Row(document);
            var first = writer.AddDocument(
                segment.IdBytes(document),
                row.Sequence,
                segment.Content(document),
                segment.AttributeBytes(document),
                segment.ChunkLengths.Slice(row.FirstChunk, row.ChunkCount));
            for (var chunk = 0; chunk < row.ChunkCount; chunk++)
            {
                source.NewChunk[row.FirstChunk + chunk] = first + chunk;
            }
        }
    }

    private static void CopyVectors(MergeSource[] sources, SegmentWriter writer, CancellationToken cancellationToken)
    {
        foreach (var source in sources)
        {
            for (var chunk = 0; chunk < source.NewChunk.Length; chunk++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (source.NewChunk[chunk] >= 0)
                {
                    writer.AddVector(source.View.Segment.Vector(chunk));
                }
            }
        }
    }

    private static void MergeTerms(MergeSource[] sources, SegmentWriter writer, CancellationToken cancellationToken)
    {
        var merged = new PostingList();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            MergeSource? least = null;
            foreach (var source in sources)
            {
                if (!source.AtEnd && (least is null || source.Term.SequenceCompareTo(least.Term) < 0))
                {
                    least = source;
                }
            }

            if (least is null)
            {
                return;
            }

            var term = least.Term;
            merged.Clear();
            foreach (var source in sources)
            {
                if (!source.AtEnd && source.Term.SequenceEqual(term))
                {
                    source.TakeInto(merged);
                }
            }

            if (merged.ChunkFrequency > 0)
            {
                writer.AddTerm(term, merged.ChunkFrequency, merged.Finish());
            }
        }
    }
}
