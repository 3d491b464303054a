using GenAI.Generation.Structured.Output;
using GenAI.Generation.Templates;
using Microsoft.Extensions.AI;

namespace GenAI.Generation.Structured;

/// <summary>Makes the parsers that fit a model, whose markup its chat template shows.</summary>
public static class OutputParsers
{
    /// <summary>A factory of parsers, one a generation; it returns null where the request leaves nothing to parse. Safe for concurrent use.</summary>
    public static Func<ChatOptions?, IOutputParser?> For(string templateSource)
    {
        ArgumentNullException.ThrowIfNull(templateSource);
        var format = ToolCallFormats.Detect(templateSource);
        var hasReasoning = ToolCallFormats.Reasons(templateSource);
        var template = hasReasoning ? TryParse(templateSource) : null;
        return options =>
        {
            var tools = ToolNames(options);
            return tools.Count == 0 && !hasReasoning
                ? null
                : new MarkupOutputParser(tools.Count == 0 ? [] : Syntaxes(format, tools), hasReasoning, OpensReasoning(template, options));
        };
    }

    private static HashSet<string> ToolNames(ChatOptions? options) => options is null or { ToolMode: NoneChatToolMode }
        ? []
        : (options.Tools ?? []).OfType<AIFunctionDeclaration>().Select(static t => t.Name).ToHashSet(StringComparer.Ordinal);

    private static IReadOnlyList<CallSyntax> Syntaxes(ToolCallFormat format, HashSet<string> tools) => format switch
    {
        ToolCallFormat.LlamaJson => [new PythonTagCalls(), new LlamaCalls(tools)],
        ToolCallFormat.Mistral => [new MistralCalls()],
        _ => [new HermesCalls()],
    };

    private static JinjaChatTemplate? TryParse(string source)
    {
        try
        {
            return new JinjaChatTemplate(source);
        }
        catch (ChatTemplateException)
        {
            return null;
        }
    }

    /// <summary>Some templates open the reasoning in the prompt, so that the answer begins inside of it.</summary>
    private static bool OpensReasoning(JinjaChatTemplate? template, ChatOptions? options)
    {
        try
        {
            return template?.Render([new ChatMessage(ChatRole.User, "Hi")], options).TrimEnd().EndsWith("<think>", StringComparison.Ordinal) == true;
        }
        catch (ChatTemplateException)
        {
            return false;
        }
    }
}
