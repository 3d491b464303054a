using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace GenAI.Generation.Structured;

/// <summary>What the model is told of the format it is held to.</summary>
internal static class StructuredHints
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string ForFormat(ChatResponseFormatJson format)
    {
        if (format.Schema is not { } schema)
        {
            return "Answer with one JSON object and nothing else.";
        }

        var description = string.IsNullOrWhiteSpace(format.SchemaDescription) ? "" : $" It is: {format.SchemaDescription}";
        return $"Answer with JSON that follows this JSON Schema, and nothing else.{description}\n{Compact(schema)}";
    }

    public static string ForTools(IReadOnlyList<AIFunctionDeclaration> tools, ToolCallFormat format)
    {
        var list = tools.Select(static tool => new JsonObject
        {
            ["name"] = tool.Name,
            ["description"] = tool.Description,
            ["parameters"] = JsonNode.Parse(ToolSchemas.AsObject(tool).GetRawText()),
        }.ToJsonString(Relaxed));
        return $"You can call these functions, each given with the JSON Schema of its arguments:\n{string.Join('\n', list)}\nTo call one, write exactly:\n{Example("name", format)}";
    }

    public static string ForRequiredCall(IReadOnlyList<AIFunctionDeclaration> callable, ToolCallFormat format) => callable.Count == 1
        ? $"Call the function {callable[0].Name} now:\n{Example(callable[0].Name, format)}"
        : $"Call one of these functions now: {string.Join(", ", callable.Select(static t => t.Name))}.";

    /// <summary>Appends to the system message, or starts with one: many templates know only one, at the start.</summary>
    public static IEnumerable<ChatMessage> Add(IEnumerable<ChatMessage> messages, string hint)
    {
        var list = messages.ToList();
        var developer = new ChatRole("developer");
        if (list is [var first, ..] && (first.Role == ChatRole.System || first.Role == developer))
        {
            var extended = first.Clone();
            extended.Contents = [.. first.Contents, new TextContent("\n\n" + hint)];
            list[0] = extended;
        }
        else
        {
            list.Insert(0, new ChatMessage(ChatRole.System, hint));
        }

        return list;
    }

    private static string Compact(JsonElement schema) => JsonNode.Parse(schema.GetRawText())?.ToJsonString(Relaxed) ?? "{}";

    private static string Example(string name, ToolCallFormat format)
    {
        var call = "{\"name\": \"" + name + "\", \"" + (format == ToolCallFormat.LlamaJson ? "parameters" : "arguments") + "\": {…}}";
        return format switch
        {
            ToolCallFormat.LlamaJson => call,
            ToolCallFormat.Mistral => $"[TOOL_CALLS][{call}]",
            ToolCallFormat.Harmony => $"<|channel|>commentary to=functions.{name} <|constrain|>json<|message|>{{…}}",
            _ => $"<tool_call>\n{call}\n</tool_call>",
        };
    }
}
