using System.Numerics.Tensors;
using GenAI.Retrieval.Filters;
using GenAI.Retrieval.Fusion;
using GenAI.Retrieval.Segments;

namespace GenAI.Retrieval.Vectors;

/// <summary>Compares the query with every allowed vector: exact, and faster than a graph up to some hundred thousand.</summary>
internal sealed class ExactVectorScan : IVectorIndex
{
    private const int ChunksBetweenChecks = 4096;

    public void Search(Segment segment, int view, ReadOnlySpan<float> query, DocumentSet allowed, TopCandidates best, CancellationToken cancellationToken)
    {
        var untilCheck = ChunksBetweenChecks;
        for (var document = 0; document < segment.DocumentCount; document++)
        {
            if (!allowed.Contains(document) || !segment.HasVectors(document))
            {
                continue;
            }

            var row = segment.Row(document);
            for (var chunk = row.FirstChunk; chunk < row.FirstChunk + row.ChunkCount; chunk++)
            {
                var score = TensorPrimitives.Dot(segment.Vector(chunk), query);
                if (score >= best.Threshold)
                {
                    best.Offer(new Candidate(view, chunk, row.Sequence, score));
                }
            }

            untilCheck -= row.ChunkCount;
            if (untilCheck <= 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                untilCheck = ChunksBetweenChecks;
            }
        }
    }
}
