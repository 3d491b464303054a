using System.Text.Json;
using GenAI.Gateway.Errors;
using GenAI.Gateway.Json;

namespace GenAI.Gateway.Chat;

/// <summary>Reads a message's <c>content</c>: a string, or parts of which text is understood.</summary>
internal static class ContentReader
{
    public static string ReadText(JsonFields message)
    {
        if (!message.TryGet("content", out var content))
        {
            return "";
        }

        return content.ValueKind switch
        {
            JsonValueKind.String => JsonFields.AsText(content, message.PathOf("content")),
            JsonValueKind.Array => string.Concat(message.Objects("content").Select(ReadPart)),
            _ => throw JsonFields.WrongKind(message.PathOf("content"), "a string or an array of parts", content),
        };
    }

    private static string ReadPart(JsonFields part)
    {
        var type = part.RequiredText("type");
        return type switch
        {
            "text" or "input_text" or "output_text" => part.Text("text") ?? throw new ApiException(ApiErrors.Missing(part.PathOf("text"))),
            "refusal" => part.Text("refusal") ?? "",
            _ => throw new ApiException(ApiErrors.Invalid(
                $"'{part.PathOf("type")}' is '{type}', but the models of this server read text only.", part.PathOf("type"), "unsupported_content")),
        };
    }
}
