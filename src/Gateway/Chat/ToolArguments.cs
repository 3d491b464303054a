using System.Text.Json;
using Microsoft.Extensions.AI;

namespace GenAI.Gateway.Chat;

/// <summary>
/// Tool-call arguments travel as JSON text; the exact text is kept beside the parsed form, so that nothing is
/// reformatted on its way through.
/// </summary>
internal static class ToolArguments
{
    /// <summary>Key of <c>AdditionalProperties</c> under which the output parsers and this reader keep the text.</summary>
    public const string RawName = "arguments_json";

    public static FunctionCallContent Create(string callId, string name, string json)
    {
        Dictionary<string, object?>? arguments = null;
        try
        {
            using var document = JsonDocument.Parse(json.Length == 0 ? "{}" : json);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                arguments = document.RootElement.EnumerateObject()
                    .GroupBy(property => property.Name, StringComparer.Ordinal)
                    .ToDictionary(group => group.Key, group => (object?)group.Last().Value.Clone(), StringComparer.Ordinal);
            }
        }
        catch (JsonException)
        {
            // A model once wrote broken arguments and the client sends them back as history: the raw text still stands.
        }

        return new FunctionCallContent(callId, name, arguments)
        {
            AdditionalProperties = new AdditionalPropertiesDictionary { [RawName] = json },
        };
    }

    /// <summary>The arguments as a JSON object in text; never empty.</summary>
    public static string ToJson(FunctionCallContent call)
    {
        if (call.AdditionalProperties?.TryGetValue(RawName, out var raw) == true && raw is string { Length: > 0 } text)
        {
            return text;
        }

        return call.Arguments is { Count: > 0 } arguments
            ? JsonSerializer.Serialize(arguments, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(IDictionary<string, object?>)))
            : "{}";
    }
}
