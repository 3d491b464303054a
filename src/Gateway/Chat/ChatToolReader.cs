using System.Text.Json;
using System.Text.RegularExpressions;
using GenAI.Gateway.Errors;
using GenAI.Gateway.Json;
using Microsoft.Extensions.AI;

namespace GenAI.Gateway.Chat;

/// <summary>Reads <c>tools</c>.</summary>
internal static partial class ChatToolReader
{
    private const int MaxTools = 128;

    private static readonly JsonElement s_noParameters = JsonDocument.Parse("""{"type":"object","properties":{}}""").RootElement;

    public static ChatTools Read(JsonFields fields)
    {
        var functions = new List<AITool>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        JsonFields? fileSearch = null;
        foreach (var tool in fields.Objects("tools", MaxTools))
        {
            var type = tool.RequiredText("type");
            switch (type)
            {
                case "function":
                    functions.Add(ReadFunction(tool, names));
                    break;
                case "file_search" when fileSearch is null:
                    fileSearch = tool;
                    break;
                default:
                    throw new ApiException(ApiErrors.Invalid(
                        $"'{tool.PathOf("type")}' is '{type}'; this server takes 'function' tools and one 'file_search' tool.",
                        tool.PathOf("type"),
                        "unsupported_tool"));
            }
        }

        return new ChatTools(functions, fileSearch);
    }

    private static AIFunctionDeclaration ReadFunction(JsonFields tool, HashSet<string> names)
    {
        var function = tool.Object("function") ?? throw new ApiException(ApiErrors.Missing(tool.PathOf("function")));
        var name = function.RequiredText("name");
        if (!NamePattern().IsMatch(name))
        {
            throw function.Invalid("name", $"is '{name}'; use 1 to 64 letters, digits, '_' or '-'");
        }

        if (!names.Add(name))
        {
            throw function.Invalid("name", $"is '{name}', which another tool has already");
        }

        // The body is returned to its pool before the model reads the schema.
        var schema = function.Object("parameters")?.Element.Clone() ?? s_noParameters;
        return AIFunctionFactory.CreateDeclaration(name, function.Text("description") ?? "", schema);
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}$", RegexOptions.NonBacktracking)]
    private static partial Regex NamePattern();
}
