using System.Text.Json;
using System.Text.Json.Nodes;

namespace GenAI.Eval.Client;

/// <summary>Searches a library.</summary>
internal static class SearchClient
{
    /// <param name="weights">Weights of the word and the vector leg, or null for the server's own.</param>
    public static async Task<IReadOnlyList<FoundPassage>> SearchAsync(
        this ApiClient client,
        Library library,
        string query,
        int top,
        SearchWeights? weights,
        CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["query"] = query, ["max_num_results"] = top, ["rewrite_query"] = false };
        if (weights is not null)
        {
            body["ranking_options"] = new JsonObject
            {
                ["hybrid_search"] = new JsonObject { ["embedding_weight"] = weights.Vectors, ["text_weight"] = weights.Words },
            };
        }

        var page = await client.PostAsync($"vector_stores/{library.StoreId}/search", body, cancellationToken);
        return [.. page.GetProperty("data").EnumerateArray().Select(hit => new FoundPassage(
            library.DocumentOf(hit.GetProperty("file_id").GetString()!),
            hit.GetProperty("score").GetDouble(),
            string.Concat(hit.GetProperty("content").EnumerateArray().Select(part => part.GetProperty("text").GetString())),
            Page(hit)))];
    }

    private static int? Page(JsonElement hit) =>
        (hit.TryGetProperty("x_page", out var page) || hit.TryGetProperty("page", out page)) && page.ValueKind == JsonValueKind.Number ? page.GetInt32() : null;

    /// <summary>Documents in the order of their best passage.</summary>
    public static IReadOnlyList<string> Documents(this IEnumerable<FoundPassage> passages) =>
        [.. passages.Select(passage => passage.DocumentId).Distinct(StringComparer.Ordinal)];
}
