using System.Text.Json;
using GenAI.Gateway.Json;

namespace GenAI.Gateway.Chat;

/// <summary>Reads a chat completion request: strict about what changes the answer, blind to what it does not know.</summary>
internal static class ChatRequestReader
{
    private const int MaxChoices = 8;

    /// <exception cref="Errors.ApiException">400 naming the field at fault.</exception>
    public static ChatRequest Read(JsonElement body)
    {
        var fields = new JsonFields(body, "");
        var model = fields.RequiredText("model", 256);
        var messages = ChatMessageReader.Read(fields);
        var tools = ChatToolReader.Read(fields);
        var options = ChatOptionsReader.Read(fields, model);
        options.Tools = tools.Functions.Count > 0 ? tools.Functions : null;
        options.ToolMode = ToolChoiceReader.Read(fields, options);
        options.AllowMultipleToolCalls = fields.Truth("parallel_tool_calls");
        options.ResponseFormat = ResponseFormatReader.Read(fields);

        return new ChatRequest
        {
            Model = model,
            Messages = messages,
            Options = options,
            Choices = (int)(fields.Integer("n", 1, MaxChoices) ?? 1),
            Stream = fields.Truth("stream") ?? false,
            IncludeUsage = fields.Object("stream_options")?.Truth("include_usage") ?? false,
            LogProbs = fields.Truth("logprobs") ?? false,
            Documents = DocumentRequestReader.Read(fields, tools.FileSearch),
        };
    }
}
