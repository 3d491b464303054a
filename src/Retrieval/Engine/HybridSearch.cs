using GenAI.Retrieval.Collections;
using GenAI.Retrieval.Filters;
using GenAI.Retrieval.Fusion;
using GenAI.Retrieval.Lexical;
using GenAI.Retrieval.Naming;
using GenAI.Retrieval.Vectors;

namespace GenAI.Retrieval.Engine;

/// <summary>One search over one snapshot: who may be seen, what each leg finds among them, and the two joined.</summary>
internal sealed class HybridSearch(CollectionConfig config, DocumentCache documents, IVectorIndex vectors)
{
    private const int MaxTop = 10_000;

    public IReadOnlyList<SearchHit> Run(Snapshot snapshot, SearchRequest request, CancellationToken cancellationToken)
    {
        Check(request);
        var allowed = snapshot.Views.Select(view => Allowed(view, request)).ToArray();
        var candidates = Math.Max(request.Candidates, request.Top);
        var byWords = string.IsNullOrWhiteSpace(request.Text) || request.LexicalWeight == 0
            ? null
            : LexicalSearch.Run(snapshot, request.Text, allowed, candidates, cancellationToken);
        var byMeaning = request.Vector.IsEmpty || request.VectorWeight == 0
            ? null
            : Nearest(snapshot, request.Vector.Span, allowed, candidates, cancellationToken);

        var fused = ReciprocalRankFusion.Fuse(
            byWords, request.LexicalWeight, byMeaning, request.VectorWeight, request.Top,
            candidate => snapshot.Views[candidate.View].Segment.HasVector(candidate.Chunk),
            Names(snapshot, request, byWords, byMeaning));
        var hits = fused.Select(candidate => Hit(snapshot, candidate)).ToArray();
        GC.KeepAlive(snapshot);
        return hits;
    }

    private static DocumentSet Allowed(Segments.SegmentView view, SearchRequest request)
    {
        var allowed = view.LiveDocuments();
        if (request.Labels is not null)
        {
            allowed.IntersectWith(view.Segment.Attributes.VisibleTo(request.Labels));
        }

        return request.Filter is null
            ? allowed
            : allowed.IntersectWith(FilterEvaluator.Evaluate(request.Filter, view.Segment.Attributes));
    }

    private IReadOnlyList<Candidate> Nearest(Snapshot snapshot, ReadOnlySpan<float> query, DocumentSet[] allowed, int top, CancellationToken cancellationToken)
    {
        var best = new TopCandidates(top);
        for (var view = 0; view < snapshot.Views.Length; view++)
        {
            vectors.Search(snapshot.Views[view].Segment, view, query, allowed[view], best, cancellationToken);
        }

        return best.Best();
    }

    private SearchHit Hit(Snapshot snapshot, FusedCandidate fused)
    {
        var segment = snapshot.Views[fused.Candidate.View].Segment;
        var ordinal = segment.DocumentOfChunk[fused.Candidate.Chunk];
        var document = documents.Get(segment, ordinal);
        var chunk = document.Chunks[fused.Candidate.Chunk - segment.Row(ordinal).FirstChunk];
        return new SearchHit(document, chunk, fused.Score, fused.LexicalRank, fused.LexicalScore, fused.VectorRank, fused.VectorScore) { NameShare = fused.NameShare };
    }

    /// <summary>A name is words, so it counts with the words alone. Only documents that a leg found are looked at, so that names cost the same in a large collection.</summary>
    private static NameGain? Names(Snapshot snapshot, SearchRequest request, IReadOnlyList<Candidate>? byWords, IReadOnlyList<Candidate>? byMeaning)
    {
        if (request.NameWeight == 0 || byWords is null)
        {
            return null;
        }

        string NameOf(Candidate candidate)
        {
            var segment = snapshot.Views[candidate.View].Segment;
            return segment.FileName(segment.DocumentOfChunk[candidate.Chunk]);
        }

        var named = new NamedDocuments(request.Text, byWords.Concat(byMeaning ?? []).Select(NameOf));
        return new NameGain(request.NameWeight, candidate => named.Share(NameOf(candidate)));
    }

    private void Check(SearchRequest request)
    {
        Require(request.Top is >= 1 and <= MaxTop, $"Top must be between 1 and {MaxTop}, but is {request.Top}.");
        Require(request.Candidates is >= 1 and <= MaxTop, $"Candidates must be between 1 and {MaxTop}, but is {request.Candidates}.");
        Require(double.IsFinite(request.LexicalWeight) && request.LexicalWeight >= 0, "The lexical weight must be a number of 0 or more.");
        Require(double.IsFinite(request.VectorWeight) && request.VectorWeight >= 0, "The vector weight must be a number of 0 or more.");
        Require(double.IsFinite(request.NameWeight) && request.NameWeight >= 0, "The weight of names must be a number of 0 or more.");
        Require(
            request.Vector.IsEmpty || request.Vector.Length == config.Dimensions,
            $"The query's vector has {request.Vector.Length} numbers, the collection {config.Id} has vectors of {config.Dimensions}; it must come from the model that made them ({config.EmbeddingModel}).");
    }

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new ArgumentException(message);
        }
    }
}
