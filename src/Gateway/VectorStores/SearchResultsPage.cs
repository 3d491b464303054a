namespace GenAI.Gateway.VectorStores;

internal sealed record SearchResultsPage(
    string Object, IReadOnlyList<string> SearchQuery, IReadOnlyList<SearchResultObject> Data, bool HasMore, string? NextPage)
{
    public static SearchResultsPage Of(IReadOnlyList<string> queries, IReadOnlyList<SearchResultObject> data) =>
        new("vector_store.search_results.page", queries, data, HasMore: false, NextPage: null);
}
