using System.Text.Json;
using Microsoft.Extensions.AI;

namespace GenAI.Retrieval.Answers.Generated;

/// <summary>Every text of a request that a chat template may write into the prompt.</summary>
internal static class PromptTexts
{
    public static IEnumerable<string> Of(IEnumerable<ChatMessage> messages, ChatOptions options)
    {
        var said = messages.SelectMany(message => message.Contents).SelectMany(Of);
        var tools = (options.Tools ?? []).OfType<AIFunctionDeclaration>()
            .SelectMany(tool => new[] { tool.Name, tool.Description, tool.JsonSchema.GetRawText() });
        var format = options.ResponseFormat is ChatResponseFormatJson { Schema: { } schema } ? schema.GetRawText() : string.Empty;
        return said.Concat(tools).Append(format).Append(options.Instructions ?? string.Empty).Where(text => text.Length > 0);
    }

    private static IEnumerable<string> Of(AIContent content) => content switch
    {
        TextContent text => [text.Text],
        TextReasoningContent reasoning => [reasoning.Text],
        FunctionResultContent result => [result.Result?.ToString() ?? string.Empty],
        FunctionCallContent call => [call.Name, .. (call.Arguments ?? new Dictionary<string, object?>(StringComparer.Ordinal)).SelectMany(Argument)],
        _ => [],
    };

    private static IEnumerable<string> Argument(KeyValuePair<string, object?> argument) =>
        [argument.Key, argument.Value is JsonElement json ? json.GetRawText() : argument.Value?.ToString() ?? string.Empty];
}
