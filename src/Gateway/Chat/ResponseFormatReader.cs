using System.Text.RegularExpressions;
using GenAI.Gateway.Errors;
using GenAI.Gateway.Json;
using Microsoft.Extensions.AI;

namespace GenAI.Gateway.Chat;

/// <summary>Reads <c>response_format</c>; llama-server's shorter form with a direct <c>schema</c> is taken too.</summary>
internal static partial class ResponseFormatReader
{
    public static ChatResponseFormat? Read(JsonFields fields)
    {
        if (fields.Object("response_format") is not { } format)
        {
            return null;
        }

        var type = format.RequiredText("type");
        return type switch
        {
            "text" => null,
            "json_object" => format.Object("schema") is { } schema ? FromSchema(schema, "output", null) : ChatResponseFormat.Json,
            "json_schema" => ReadSchema(format),
            _ => throw format.Invalid("type", $"must be text, json_object or json_schema, not '{type}'"),
        };
    }

    private static ChatResponseFormatJson ReadSchema(JsonFields format)
    {
        var wrapper = format.Object("json_schema") ?? format;
        var schema = wrapper.Object("schema") ?? throw new ApiException(ApiErrors.Missing(wrapper.PathOf("schema")));
        var name = wrapper.Text("name") ?? "output";
        return NamePattern().IsMatch(name)
            ? FromSchema(schema, name, wrapper.Text("description"))
            : throw wrapper.Invalid("name", $"is '{name}'; use 1 to 64 letters, digits, '_' or '-'");
    }

    private static ChatResponseFormatJson FromSchema(JsonFields schema, string name, string? description) =>
        ChatResponseFormat.ForJsonSchema(schema.Element.Clone(), name, description);

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}$", RegexOptions.NonBacktracking)]
    private static partial Regex NamePattern();
}
