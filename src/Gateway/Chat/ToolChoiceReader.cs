using System.Text.Json;
using GenAI.Gateway.Errors;
using GenAI.Gateway.Json;
using Microsoft.Extensions.AI;

namespace GenAI.Gateway.Chat;

/// <summary>Reads <c>tool_choice</c>: a word, a named function, or a subset of the tools.</summary>
internal static class ToolChoiceReader
{
    /// <remarks>May narrow <see cref="ChatOptions.Tools"/> to an allowed subset.</remarks>
    public static ChatToolMode? Read(JsonFields fields, ChatOptions options)
    {
        if (!fields.TryGet("tool_choice", out var choice))
        {
            return null;
        }

        if (choice.ValueKind == JsonValueKind.String)
        {
            return ReadWord(choice.GetString(), fields, options);
        }

        var form = JsonFields.AsObject(choice, "tool_choice");
        var type = form.RequiredText("type");
        return type switch
        {
            "function" => ReadNamed(form, options),
            "allowed_tools" => ReadAllowed(form, options),
            "file_search" => null,
            _ => throw form.Invalid("type", $"must be function or allowed_tools, not '{type}'"),
        };
    }

    private static ChatToolMode? ReadWord(string? word, JsonFields fields, ChatOptions options) => word switch
    {
        "none" => ChatToolMode.None,
        "auto" => null,
        "required" when options.Tools is null => throw fields.Invalid("tool_choice", "is 'required', but there are no function tools"),
        "required" => ChatToolMode.RequireAny,
        _ => throw fields.Invalid("tool_choice", $"must be none, auto, required or an object, not '{word}'"),
    };

    private static RequiredChatToolMode ReadNamed(JsonFields form, ChatOptions options)
    {
        // Both forms are about: nested as in chat completions, flat as in Responses.
        var name = form.Object("function")?.RequiredText("name") ?? form.RequiredText("name");
        return Find(options, name) is not null
            ? ChatToolMode.RequireSpecific(name)
            : throw new ApiException(ApiErrors.Invalid($"'tool_choice' names the function '{name}', which is not among the tools.", "tool_choice"));
    }

    private static RequiredChatToolMode? ReadAllowed(JsonFields form, ChatOptions options)
    {
        var allowed = form.Object("allowed_tools") ?? form;
        var names = allowed.Objects("tools").Select(tool => tool.Object("function")?.RequiredText("name") ?? tool.RequiredText("name"));
        var tools = names.Select(name => Find(options, name) ?? throw allowed.Invalid("tools", $"names '{name}', which is not among the tools")).ToList();
        options.Tools = tools.Count > 0 ? tools : null;
        return allowed.Text("mode") == "required" && tools.Count > 0 ? ChatToolMode.RequireAny : null;
    }

    private static AITool? Find(ChatOptions options, string name) =>
        options.Tools?.FirstOrDefault(tool => string.Equals(tool.Name, name, StringComparison.Ordinal));
}
