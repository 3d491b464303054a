using System.Text.Json;
using System.Text.Json.Nodes;

namespace GenAI.Eval.Client;

/// <summary>Asks questions over a library.</summary>
internal static class ChatClient
{
    public static async Task<ChatAnswer> AskAsync(
        this ApiClient client,
        string model,
        string question,
        Library library,
        string? policy,
        CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["model"] = model,
            ["temperature"] = 0,
            ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = question }),
            ["vector_store_ids"] = new JsonArray(library.StoreId),
        };
        if (policy is not null)
        {
            body["answer_policy"] = policy;
        }

        var started = client.Time.GetTimestamp();
        var completion = await client.PostAsync("chat/completions", body, cancellationToken);
        var elapsed = client.Time.GetElapsedTime(started).TotalMilliseconds;
        var message = completion.GetProperty("choices")[0].GetProperty("message");
        return new ChatAnswer(
            message.GetProperty("content").GetString() ?? string.Empty,
            Citations(message, library),
            completion.TryGetProperty("x_answer_policy", out var name) ? name.GetString() : null,
            elapsed);
    }

    /// <summary>The model to ask: the one named, or the first listed that is not for embeddings.</summary>
    public static async Task<string> ChooseModelAsync(this ApiClient client, string? wanted, CancellationToken cancellationToken)
    {
        if (wanted is not null)
        {
            return wanted;
        }

        var models = await client.GetAsync("models", cancellationToken);
        return models.GetProperty("data").EnumerateArray()
            .Where(model => !IsEmbedder(model))
            .Select(model => model.GetProperty("id").GetString())
            .FirstOrDefault() ?? throw new EvalException("The server lists no chat model. Name one with --model.");
    }

    private static bool IsEmbedder(JsonElement model) =>
        model.TryGetProperty("meta", out var meta) && meta.ValueKind == JsonValueKind.Object
        && meta.ToString().Contains("\"embedding", StringComparison.OrdinalIgnoreCase);

    private static List<Citation> Citations(JsonElement message, Library library)
    {
        if (!message.TryGetProperty("annotations", out var annotations) || annotations.ValueKind != JsonValueKind.Array)
        {
            return [];
        }

        return [.. annotations.EnumerateArray()
            .Where(annotation => annotation.GetProperty("type").GetString() == "file_citation")
            .Select(annotation => annotation.GetProperty("file_citation"))
            .Select(citation => new Citation(
                library.DocumentOf(citation.GetProperty("file_id").GetString()!),
                citation.TryGetProperty("quote", out var quote) ? quote.GetString() ?? string.Empty : string.Empty,
                Number(citation, "start_index") ?? 0,
                Number(citation, "end_index") ?? 0,
                Number(citation, "page")))];
    }

    private static int? Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt32() : null;
}
