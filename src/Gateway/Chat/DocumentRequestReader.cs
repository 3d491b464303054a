using GenAI.Gateway.Json;
using GenAI.Retrieval.Answers;
using GenAI.Retrieval.Filters;

namespace GenAI.Gateway.Chat;

/// <summary>Reads what a request says of documents: our fields at the top level, or OpenAI's file_search tool.</summary>
internal static class DocumentRequestReader
{
    private const int MaxStores = 16;
    private const int MaxResults = 50;

    public static DocumentRequest? Read(JsonFields fields, JsonFields? fileSearch)
    {
        var policy = fields.Text("answer_policy");
        if (policy is not (null or AnswerPolicyNames.Extractive or AnswerPolicyNames.Generated or AnswerPolicyNames.Constrained))
        {
            throw fields.Invalid("answer_policy", $"must be extractive, generated or constrained, not '{policy}'");
        }

        var stores = fields.Texts("vector_store_ids", MaxStores);
        if (fileSearch is { } tool)
        {
            stores = [.. stores.Concat(tool.Texts("vector_store_ids", MaxStores)).Distinct(StringComparer.Ordinal)];
        }

        var top = fields.Integer("max_num_results", 1, MaxResults) ?? fileSearch?.Integer("max_num_results", 1, MaxResults);
        var filter = ReadFilter(fields) ?? (fileSearch is { } search ? ReadFilter(search) : null);
        return stores.Count == 0 && filter is null && policy is null && fileSearch is null
            ? null
            : new DocumentRequest(stores, filter, (int?)top, policy);
    }

    private static Filter? ReadFilter(JsonFields fields) =>
        fields.Object("filters") is { } filter ? FilterJson.Parse(filter.Element) : null;
}
