using System.Text.Json;
using GenAI.Generation.Templates.Jinja.Values;
using Microsoft.Extensions.AI;

namespace GenAI.Generation.Templates;

/// <summary>Turns chat messages into the dictionaries that templates read. One instance a conversation.</summary>
internal sealed class TemplateMessages(MessageShape shape)
{
    private static readonly ChatRole Developer = new("developer");
    private static readonly JsonSerializerOptions Compact = new(AIJsonUtilities.DefaultOptions) { WriteIndented = false };

    private readonly Dictionary<string, string> _callNames = new(StringComparer.Ordinal);

    public List<JinjaObject> Build(IEnumerable<ChatMessage> messages, string? instructions)
    {
        var source = string.IsNullOrWhiteSpace(instructions) ? messages : WithInstructions([.. messages], instructions);
        return [.. source.SelectMany(Convert)];
    }

    private static List<ChatMessage> WithInstructions(List<ChatMessage> messages, string instructions)
    {
        if (messages is [{ Role: var role } first, ..] && (role == ChatRole.System || role == Developer))
        {
            messages[0] = new ChatMessage(role, instructions + "\n\n" + first.Text);
        }
        else
        {
            messages.Insert(0, new ChatMessage(ChatRole.System, instructions));
        }

        return messages;
    }

    private IEnumerable<JinjaObject> Convert(ChatMessage message)
    {
        var results = message.Contents.OfType<FunctionResultContent>().ToList();
        if (results.Count > 0)
        {
            return results.Select(ConvertResult);
        }

        if (message.Contents.FirstOrDefault(static c => c is DataContent or UriContent) is { } media)
        {
            throw new ChatTemplateException($"This model reads text only; a message holds {(media as DataContent)?.MediaType ?? (media as UriContent)?.MediaType}.");
        }

        return [message.Role == ChatRole.Assistant ? ConvertAnswer(message) : TemplateObject.Of(("role", Role(message.Role)), ("content", Content(message.Text)))];
    }

    private JinjaString Role(ChatRole role) => new(role == Developer && !shape.HasDeveloperRole ? ChatRole.System.Value : role.Value);

    private JinjaValue Content(string text) => shape.TextAsParts
        ? new JinjaArray([TemplateObject.Of(("type", JinjaValue.Of("text")), ("text", JinjaValue.Of(text)))])
        : JinjaValue.Of(text);

    private JinjaObject ConvertAnswer(ChatMessage message)
    {
        var calls = message.Contents.OfType<FunctionCallContent>().Select(ConvertCall).ToList();
        var reasoning = string.Concat(message.Contents.OfType<TextReasoningContent>().Select(static r => r.Text));
        var isEmpty = message.Text.Length == 0 && calls.Count > 0;
        return TemplateObject.Of(
            ("role", JinjaValue.Of("assistant")),
            ("content", !isEmpty ? Content(message.Text) : shape.EmptyContentAsText ? JinjaValue.Of("") : JinjaNull.Instance),
            ("reasoning_content", reasoning.Length > 0 ? JinjaValue.Of(reasoning) : null),
            ("tool_calls", calls.Count > 0 ? new JinjaArray(calls) : null));
    }

    private JinjaObject ConvertCall(FunctionCallContent call)
    {
        _callNames[call.CallId] = call.Name;
        var arguments = ToolArguments.Json(call);
        return TemplateObject.Of(
            ("id", JinjaValue.Of(call.CallId)),
            ("type", JinjaValue.Of("function")),
            ("function", TemplateObject.Of(
                ("name", JinjaValue.Of(call.Name)),
                ("arguments", shape.ArgumentsAsText ? JinjaValue.Of(arguments) : ParseArguments(arguments)))));
    }

    /// <summary>A caller's history may hold arguments that are not JSON; the model then sees them as they were.</summary>
    private static JinjaValue ParseArguments(string arguments)
    {
        try
        {
            return JinjaJson.From(JsonElement.Parse(arguments));
        }
        catch (JsonException)
        {
            return JinjaValue.Of(arguments);
        }
    }

    private JinjaObject ConvertResult(FunctionResultContent result) => TemplateObject.Of(
        ("role", JinjaValue.Of("tool")),
        ("tool_call_id", JinjaValue.Of(result.CallId)),
        ("name", _callNames.TryGetValue(result.CallId, out var name) ? JinjaValue.Of(name) : null),
        ("content", Content(TextOf(result.Result))));

    private static string TextOf(object? result) => result switch
    {
        null => "",
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } element => element.GetString()!,
        TextContent text => text.Text,
        IEnumerable<AIContent> parts => string.Concat(parts.OfType<TextContent>()),
        _ => JsonSerializer.Serialize(result, Compact),
    };
}
