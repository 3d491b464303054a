using GenAI.Gateway.Errors;
using GenAI.Gateway.Json;
using GenAI.Generation;
using Microsoft.Extensions.AI;

namespace GenAI.Gateway.Chat;

/// <summary>Reads the conversation.</summary>
internal static class ChatMessageReader
{
    public static IReadOnlyList<ChatMessage> Read(JsonFields fields)
    {
        var items = fields.Objects("messages");
        return items.Count > 0
            ? [.. items.Select(ReadMessage)]
            : throw new ApiException(ApiErrors.Invalid("'messages' must hold at least one message.", "messages", "missing_required_parameter"));
    }

    private static ChatMessage ReadMessage(JsonFields message)
    {
        var role = message.RequiredText("role");
        return role switch
        {
            // To a local model the developer is whoever wrote the system prompt.
            "system" or "developer" => WithText(ChatRole.System, message),
            "user" => WithText(ChatRole.User, message),
            "assistant" => ReadAssistant(message),
            "tool" => ReadToolResult(message, message.RequiredText("tool_call_id")),
            "function" => ReadToolResult(message, message.RequiredText("name")),
            _ => throw message.Invalid("role", $"must be system, developer, user, assistant or tool, not '{role}'"),
        };
    }

    private static ChatMessage WithText(ChatRole role, JsonFields message)
    {
        if (!message.TryGet("content", out _))
        {
            throw new ApiException(ApiErrors.Missing(message.PathOf("content")));
        }

        return new ChatMessage(role, ContentReader.ReadText(message)) { AuthorName = message.Text("name") };
    }

    private static ChatMessage ReadAssistant(JsonFields message)
    {
        var contents = new List<AIContent>();
        if (message.Text("reasoning_content") is { Length: > 0 } reasoning)
        {
            contents.Add(new TextReasoningContent(reasoning));
        }

        var text = message.TryGet("content", out _) ? ContentReader.ReadText(message) : message.Text("refusal");
        if (!string.IsNullOrEmpty(text))
        {
            contents.Add(new TextContent(text));
        }

        contents.AddRange(message.Objects("tool_calls").Select(ReadToolCall));
        return new ChatMessage(ChatRole.Assistant, contents) { AuthorName = message.Text("name") };
    }

    private static FunctionCallContent ReadToolCall(JsonFields call)
    {
        var function = call.Object("function") ?? throw new ApiException(ApiErrors.Missing(call.PathOf("function")));
        var id = call.RequiredText("id");
        var name = function.RequiredText("name");
        var arguments = function.Text("arguments") ?? "";
        return ToolArguments.Call(id, name, arguments);
    }

    private static ChatMessage ReadToolResult(JsonFields message, string callId) =>
        new(ChatRole.Tool, [new FunctionResultContent(callId, ContentReader.ReadText(message))]);
}
