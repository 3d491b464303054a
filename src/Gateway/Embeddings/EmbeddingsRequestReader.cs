using System.Text.Json;
using GenAI.Gateway.Errors;
using GenAI.Gateway.Json;

namespace GenAI.Gateway.Embeddings;

/// <summary>Reads an embeddings request: one text, many texts, one list of token ids, or many.</summary>
internal static class EmbeddingsRequestReader
{
    private const int MaxInputs = 2048;

    /// <exception cref="ApiException">400 naming the field at fault.</exception>
    public static EmbeddingsRequest Read(JsonElement body)
    {
        var fields = new JsonFields(body, "");
        var model = fields.RequiredText("model", 256);
        var format = fields.Text("encoding_format") ?? "float";
        if (format is not ("float" or "base64"))
        {
            throw fields.Invalid("encoding_format", $"must be float or base64, not '{format}'");
        }

        return ReadInput(fields, model) with
        {
            Base64 = format == "base64",
            Dimensions = (int?)fields.Integer("dimensions", 1, 65536),
            IsQuery = fields.Text("input_type") is "query" or "search_query",
        };
    }

    private static EmbeddingsRequest ReadInput(JsonFields fields, string model)
    {
        if (!fields.TryGet("input", out var input))
        {
            throw new ApiException(ApiErrors.Missing("input"));
        }

        if (input.ValueKind == JsonValueKind.String)
        {
            return new EmbeddingsRequest(model, [NotEmpty(JsonFields.AsText(input, "input"), "input")], null);
        }

        var items = fields.Items("input", int.MaxValue);
        if (items.Count == 0)
        {
            throw fields.Invalid("input", "must not be empty");
        }

        // A flat list of numbers is one input, however long.
        if (items[0].ValueKind == JsonValueKind.Number)
        {
            return new EmbeddingsRequest(model, null, [ReadTokens(items, "input")]);
        }

        items = fields.Items("input", MaxInputs);
        return items[0].ValueKind == JsonValueKind.Array
            ? new EmbeddingsRequest(model, null, [.. items.Select((item, index) => ReadTokenList(item, $"input[{index}]"))])
            : new EmbeddingsRequest(model, [.. items.Select((item, index) => NotEmpty(JsonFields.AsText(item, $"input[{index}]"), $"input[{index}]"))], null);
    }

    private static List<int> ReadTokenList(JsonElement item, string path) => item.ValueKind == JsonValueKind.Array
        ? ReadTokens([.. item.EnumerateArray()], path)
        : throw JsonFields.WrongKind(path, "an array of token ids", item);

    private static List<int> ReadTokens(IReadOnlyList<JsonElement> items, string path)
    {
        if (items.Count == 0)
        {
            throw new ApiException(ApiErrors.Invalid($"'{path}' must not be empty.", path));
        }

        var tokens = new List<int>(items.Count);
        foreach (var item in items)
        {
            tokens.Add(item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out var token) && token >= 0
                ? token
                : throw JsonFields.WrongKind(path, "made of token ids", item));
        }

        return tokens;
    }

    private static string NotEmpty(string text, string path) => text.Length > 0
        ? text
        : throw new ApiException(ApiErrors.Invalid($"'{path}' is an empty string; there is nothing to embed.", path));
}
