using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace GenAI.Generation.Structured.Output;

/// <summary>Reads calls out of JSON.</summary>
internal static class CallJson
{
    private const string IdAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public static string NewId() => "call_" + RandomNumberGenerator.GetString(IdAlphabet, 24);

    /// <summary>Calls of an object, or of an array of objects; null when the text is anything else.</summary>
    public static IReadOnlyList<FunctionCallContent>? Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            var items = root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray()] : new[] { root };
            var calls = items.Select(ReadOne).OfType<FunctionCallContent>().ToList();
            return calls.Count > 0 && calls.Count == items.Length ? calls : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A call from its name and the text of its arguments; null when those are not a JSON object.</summary>
    public static FunctionCallContent? Make(string name, string arguments)
    {
        try
        {
            using var document = JsonDocument.Parse(arguments);
            return document.RootElement.ValueKind == JsonValueKind.Object && name.Length > 0 ? ToolArguments.Call(NewId(), name, arguments) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static FunctionCallContent? ReadOne(JsonElement call)
    {
        if (call.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        // Some models wrap the call the way the API does.
        if (call.TryGetProperty("function", out var inner) && inner.ValueKind == JsonValueKind.Object)
        {
            call = inner;
        }

        if (!call.TryGetProperty("name", out var name) || name.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        if (!call.TryGetProperty("arguments", out var arguments) && !call.TryGetProperty("parameters", out arguments))
        {
            return Make(name.GetString()!, "{}");
        }

        return arguments.ValueKind switch
        {
            JsonValueKind.Object => Make(name.GetString()!, arguments.GetRawText()),
            JsonValueKind.String => Make(name.GetString()!, arguments.GetString()!),
            JsonValueKind.Null => Make(name.GetString()!, "{}"),
            _ => null,
        };
    }
}
