using System.Text.Json;
using GenAI.Gateway.Errors;
using GenAI.Gateway.Json;
using GenAI.Pipelines.VectorStores;
using GenAI.Retrieval.Filters;

namespace GenAI.Gateway.VectorStores;

/// <summary>A search as asked for: the query and the least score of what is returned.</summary>
internal sealed record SearchRequestReader(VectorStoreQuery Query, double MinScore)
{
    private const int DefaultResults = 10;

    // OpenAI allows 50; a hundred lets Recall@100 be measured over the API.
    private const int MaxResults = 100;
    private const int MaxQueries = 16;
    private const int MaxQueryCharacters = 16_384;
    private const double MaxWeight = 1000;

    private static readonly string[] s_rankers = ["none", "auto", "default-2024-11-15", "default_2024_08_21"];

    public static SearchRequestReader Read(JsonFields fields, string storeId)
    {
        var ranking = fields.Object("ranking_options");
        if (ranking?.Text("ranker") is { } ranker && !s_rankers.Contains(ranker, StringComparer.Ordinal))
        {
            throw ranking.Value.Invalid("ranker", $"must be one of {string.Join(", ", s_rankers)}");
        }

        fields.Truth("rewrite_query");
        var hybrid = ranking?.Object("hybrid_search");
        var query = new VectorStoreQuery
        {
            StoreIds = [storeId],
            Texts = Queries(fields),
            Filter = fields.TryGet("filters", out var filter) ? FilterJson.Parse(filter) : null,
            Top = (int)(fields.Integer("max_num_results", 1, MaxResults) ?? DefaultResults),
            LexicalWeight = hybrid?.Number("text_weight", 0, MaxWeight) ?? 1,
            VectorWeight = hybrid?.Number("embedding_weight", 0, MaxWeight) ?? 1,
        };
        return query.LexicalWeight + query.VectorWeight > 0
            ? new SearchRequestReader(query, ranking?.Number("score_threshold", 0, 1) ?? 0)
            : throw new ApiException(ApiErrors.Invalid("One weight of 'ranking_options.hybrid_search' must be above 0.", "ranking_options.hybrid_search"));
    }

    private static IReadOnlyList<string> Queries(JsonFields fields)
    {
        if (!fields.TryGet("query", out var query))
        {
            throw new ApiException(ApiErrors.Missing("query"));
        }

        var texts = query.ValueKind == JsonValueKind.Array ? fields.Texts("query", MaxQueries) : [JsonFields.AsText(query, "query")];
        if (texts.Count == 0 || texts.Any(string.IsNullOrWhiteSpace))
        {
            throw fields.Invalid("query", "must not be empty");
        }

        return texts.All(text => text.Length <= MaxQueryCharacters)
            ? texts
            : throw fields.Invalid("query", $"must not be longer than {MaxQueryCharacters} characters");
    }
}
