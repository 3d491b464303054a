using GenAI.Generation.Templates.Jinja;
using GenAI.Generation.Templates.Jinja.Values;
using Microsoft.Extensions.AI;

namespace GenAI.Generation.Templates;

/// <summary>
/// Finds the message shape that a template wants by trying it on a short conversation and looking for what was said in what comes out.
/// Templates do not declare it, and a wrong guess is silent: a call's arguments quoted twice, or a message that vanishes.
/// </summary>
internal static class MessageShapeProbe
{
    private const string Said = "probe-said-7f3a";
    private const string ToolName = "probe_tool_7f3a";
    private const string ArgumentName = "probe_argument_7f3a";
    private const string ArgumentValue = "probe-value-7f3a";

    public static MessageShape Find(JinjaTemplate template, string source, ChatTemplateOptions options)
    {
        var hasDeveloperRole = source.Contains("developer", StringComparison.Ordinal);
        var plain = new MessageShape(TextAsParts: false, ArgumentsAsText: false, EmptyContentAsText: false, hasDeveloperRole);
        var user = new ChatMessage(ChatRole.User, Said);
        MessageShape[] plainCandidates =
        [
            plain,
            plain with { TextAsParts = true },
            plain with { NoTools = JinjaNull.Instance },
            plain with { NoTools = new JinjaArray([]) },
        ];
        plain = plainCandidates.FirstOrDefault(shape => Render(template, [user], null, shape, options).Contains(Said, StringComparison.Ordinal)) ?? plain;

        // In the order of preference: what the format's documentation shows comes first.
        MessageShape[] candidates =
        [
            plain,
            plain with { EmptyContentAsText = true },
            plain with { ArgumentsAsText = true },
            plain with { ArgumentsAsText = true, EmptyContentAsText = true },
        ];
        return candidates.FirstOrDefault(shape => ShowsCall(template, shape, options)) ?? plain with { EmptyContentAsText = true };
    }

    private static bool ShowsCall(JinjaTemplate template, MessageShape shape, ChatTemplateOptions options)
    {
        var call = new FunctionCallContent("abcdef123", ToolName, new Dictionary<string, object?>(StringComparer.Ordinal) { [ArgumentName] = ArgumentValue });
        ChatMessage[] messages =
        [
            new(ChatRole.User, Said),
            new(ChatRole.Assistant, [call]),
            new(ChatRole.Tool, [new FunctionResultContent("abcdef123", "probe-result")]),
            new(ChatRole.User, Said),
        ];
        var tools = new ChatOptions { Tools = [AIFunctionFactory.CreateDeclaration(ToolName, "A probe.", ProbeSchema.Element)] };
        var text = Render(template, messages, tools, shape, options);
        var isShown = text.Contains(ToolName, StringComparison.Ordinal)
            && text.Contains(ArgumentName, StringComparison.Ordinal)
            && text.Contains(ArgumentValue, StringComparison.Ordinal);
        var isMangled = text.Contains("[object", StringComparison.Ordinal)
            || text.Contains("\\\"" + ArgumentName, StringComparison.Ordinal)
            || text.Contains("null", StringComparison.Ordinal)
            || text.Contains("None", StringComparison.Ordinal);
        return isShown && !isMangled;
    }

    private static string Render(JinjaTemplate template, IEnumerable<ChatMessage> messages, ChatOptions? chatOptions, MessageShape shape, ChatTemplateOptions options)
    {
        try
        {
            return template.Render(new ChatTemplateVariables(shape, options).Build(messages, chatOptions), options.TimeProvider);
        }
        catch (ChatTemplateException)
        {
            return "";
        }
    }
}
