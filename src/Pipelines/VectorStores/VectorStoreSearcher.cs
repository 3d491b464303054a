using GenAI.Pipelines.Ingestion;
using GenAI.Retrieval.Collections;
using GenAI.Retrieval.Naming;

namespace GenAI.Pipelines.VectorStores;

/// <summary>Searches several collections as if they were one.</summary>
/// <remarks>
/// Each leg's hits are ranked over all collections by the leg's own scores (the vectors are of one model, and BM25 is
/// near enough comparable), then fused by reciprocal rank with k = 60 (Cormack et al., SIGIR 2009). The score is the
/// share of the best one possible: 1 for a passage that every leg that can rank it puts first, in a document that the query
/// names at least as far as any other; a passage without a vector yet is ranked by its words alone.
/// </remarks>
internal sealed class VectorStoreSearcher(IEmbeddingModelSource models)
{
    private const int RankConstant = 60;
    private const int MinCandidates = 100;

    public async Task<IReadOnlyList<SearchHit>> SearchAsync(
        IReadOnlyList<IDocumentCollection> collections, VectorStoreQuery query, CancellationToken cancellationToken)
    {
        var best = new Dictionary<(string Collection, string Document, int Ordinal), SearchHit>();
        foreach (var text in query.Texts)
        {
            var vectors = await EmbedAsync(collections, text, query, cancellationToken);
            foreach (var (key, hit) in SearchOnce(collections, text, vectors, query, cancellationToken))
            {
                if (!best.TryGetValue(key, out var other) || other.Score < hit.Score)
                {
                    best[key] = hit;
                }
            }
        }

        // Stable: hits of one score keep the order in which the collections gave them.
        return [.. best.Values.OrderByDescending(hit => hit.Score).Take(query.Top)];
    }

    private static IEnumerable<((string Collection, string Document, int Ordinal) Key, SearchHit Hit)> SearchOnce(
        IReadOnlyList<IDocumentCollection> collections, string text, QueryVector vector, VectorStoreQuery query, CancellationToken cancellationToken)
    {
        var found = new List<(IDocumentCollection Collection, SearchHit Hit)>();
        foreach (var collection in collections)
        {
            var request = new SearchRequest
            {
                Text = text,
                Vector = vector.For(collection.Config),
                Top = Math.Max(query.Top, collections.Count > 1 ? MinCandidates : query.Top),
                Candidates = Math.Max(query.Top, MinCandidates),
                Filter = query.Filter,
                Labels = query.Labels,
                LexicalWeight = query.LexicalWeight,
                VectorWeight = query.VectorWeight,
                NameWeight = query.NameWeight,
            };
            found.AddRange(collection.Search(request, cancellationToken).Select(hit => (collection, hit)));
        }

        var hits = found.Select(pair => pair.Hit).ToList();
        var lexical = collections.Count == 1 ? null : Ranks(hits, hit => hit.LexicalScore);
        var mostNamed = hits.Select(hit => hit.NameShare).DefaultIfEmpty().Max();
        var vectorRanks = collections.Count == 1 ? null : Ranks(hits, hit => hit.VectorScore);
        return found.Select((pair, index) =>
        {
            var hit = lexical is null || vectorRanks is null
                ? pair.Hit
                : pair.Hit with { LexicalRank = lexical[index], VectorRank = vectorRanks[index] };
            var score = Score(hit, query, hasVectors: !vector.For(pair.Collection.Config).IsEmpty && !hit.Chunk.Vector.IsEmpty)
                * NameFactor.Of(query.NameWeight, hit.NameShare, mostNamed);
            return ((pair.Collection.Config.Id, hit.Document.Id, hit.Chunk.Ordinal), hit with { Score = score });
        });
    }

    private static double Score(SearchHit hit, VectorStoreQuery query, bool hasVectors)
    {
        var possible = query.LexicalWeight + (hasVectors ? query.VectorWeight : 0);
        var reached = Part(hit.LexicalRank, query.LexicalWeight) + Part(hit.VectorRank, query.VectorWeight);
        return possible > 0 ? Math.Clamp(reached / possible, 0, 1) : 0;
    }

    private static double Part(int? rank, double weight) => rank is { } place ? weight * (RankConstant + 1) / (RankConstant + place) : 0;

    private static int?[] Ranks(List<SearchHit> hits, Func<SearchHit, double?> score)
    {
        var ranks = new int?[hits.Count];
        var place = 0;
        foreach (var index in Enumerable.Range(0, hits.Count).Where(index => score(hits[index]) is not null).OrderByDescending(index => score(hits[index])))
        {
            ranks[index] = ++place;
        }

        return ranks;
    }

    private async Task<QueryVector> EmbedAsync(
        IReadOnlyList<IDocumentCollection> collections, string text, VectorStoreQuery query, CancellationToken cancellationToken)
    {
        if (query.VectorWeight <= 0 || string.IsNullOrWhiteSpace(text) || collections.All(collection => collection.Config.Dimensions == 0))
        {
            return QueryVector.None;
        }

        var model = await models.GetAsync(cancellationToken);
        return model is null || collections.All(collection => collection.Config.EmbeddingModel != model.Name)
            ? QueryVector.None
            : new QueryVector(model.Name, await ChunkEmbedder.EmbedQueryAsync(model, text, cancellationToken));
    }
}
