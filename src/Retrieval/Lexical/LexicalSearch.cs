using System.Buffers;
using System.Text;
using GenAI.Retrieval.Analysis;
using GenAI.Retrieval.Engine;
using GenAI.Retrieval.Filters;
using GenAI.Retrieval.Fusion;
using GenAI.Retrieval.Segments;

namespace GenAI.Retrieval.Lexical;

/// <summary>Finds passages by words: BM25 over all live chunks, with only the allowed ones returned.</summary>
internal static class LexicalSearch
{
    /// <summary>Searches.</summary>
    /// <param name="allowed">For each view the documents that may be returned.</param>
    public static IReadOnlyList<Candidate> Run(Snapshot snapshot, string text, IReadOnlyList<DocumentSet> allowed, int top, CancellationToken cancellationToken)
    {
        var terms = Parse(text);
        if (terms.Count == 0 || snapshot.ChunkCount == 0)
        {
            return [];
        }

        // A collection of chunks without a single term has no average length; nothing can match then anyway.
        var bm25 = new Bm25(snapshot.ChunkCount, Math.Max((double)snapshot.TotalLength / snapshot.ChunkCount, double.Epsilon));
        var weights = terms.Select(term => term.Frequency * bm25.Idf(ChunkFrequency(snapshot, term.Bytes))).ToArray();
        var best = new TopCandidates(top);
        for (var view = 0; view < snapshot.Views.Length; view++)
        {
            Score(snapshot.Views[view].Segment, view, terms, weights, bm25, allowed[view], best, cancellationToken);
        }

        return best.Best();
    }

    public static IReadOnlyList<QueryTerm> Parse(string text) =>
    [
        .. TextAnalyzer.Terms(text)
            .GroupBy(term => term, StringComparer.Ordinal)
            .Select(group => new QueryTerm(Encoding.UTF8.GetBytes(group.Key), group.Count())),
    ];

    /// <summary>Live chunks with the term. Segments without deletions know it; in the others the postings are counted.</summary>
    private static int ChunkFrequency(Snapshot snapshot, byte[] term)
    {
        var frequency = 0;
        foreach (var view in snapshot.Views)
        {
            if (!view.Segment.TryFindTerm(term, out var row))
            {
                continue;
            }

            if (!view.HasDeletions)
            {
                frequency += row.ChunkFrequency;
                continue;
            }

            var postings = new PostingReader(view.Segment.Postings(row));
            while (postings.MoveNext())
            {
                frequency += view.IsLive(view.Segment.DocumentOfChunk[postings.Chunk]) ? 1 : 0;
            }
        }

        return frequency;
    }

    private static void Score(
        Segment segment,
        int view,
        IReadOnlyList<QueryTerm> terms,
        double[] weights,
        Bm25 bm25,
        DocumentSet allowed,
        TopCandidates best,
        CancellationToken cancellationToken)
    {
        var rented = ArrayPool<double>.Shared.Rent(segment.ChunkCount);
        try
        {
            var scores = rented.AsSpan(0, segment.ChunkCount);
            scores.Clear();
            for (var term = 0; term < terms.Count; term++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (segment.TryFindTerm(terms[term].Bytes, out var row))
                {
                    Accumulate(segment, row, weights[term], bm25, scores);
                }
            }

            for (var chunk = 0; chunk < scores.Length; chunk++)
            {
                var score = scores[chunk];
                if (score > 0 && score >= best.Threshold && allowed.Contains(segment.DocumentOfChunk[chunk]))
                {
                    best.Offer(new Candidate(view, chunk, segment.Row(segment.DocumentOfChunk[chunk]).Sequence, score));
                }
            }
        }
        finally
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    private static void Accumulate(Segment segment, TermRow row, double weight, Bm25 bm25, Span<double> scores)
    {
        var lengths = segment.ChunkLengths;
        var postings = new PostingReader(segment.Postings(row));
        while (postings.MoveNext())
        {
            scores[postings.Chunk] += weight * bm25.Saturation(postings.Frequency, lengths[postings.Chunk]);
        }
    }
}
