using GenAI.Generation.Structured.Output;
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
        if (format == ToolCallFormat.Harmony)
        {
            // Its marks stand around every answer, with tools or without.
            return static options => new HarmonyOutputParser(readsCalls: Tools(options).Count > 0);
        }

        var reasoning = new ReasoningSwitch(templateSource);
        return options =>
        {
            var tools = Tools(options);
            return tools.Count == 0 && !reasoning.Reasons
                ? null
                : new MarkupOutputParser(tools.Count == 0 ? [] : Syntaxes(format, tools), reasoning.Reasons, reasoning.IsOpened(options));
        };
    }

    /// <summary>Whether the model thinks aloud before it answers.</summary>
    public static bool Reasons(string templateSource) =>
        ToolCallFormats.Detect(templateSource) == ToolCallFormat.Harmony || ToolCallFormats.Reasons(templateSource);

    private static Dictionary<string, AIFunctionDeclaration> Tools(ChatOptions? options) => options is null or { ToolMode: NoneChatToolMode }
        ? []
        : (options.Tools ?? []).OfType<AIFunctionDeclaration>().DistinctBy(static tool => tool.Name).ToDictionary(static tool => tool.Name, StringComparer.Ordinal);

    private static IReadOnlyList<CallSyntax> Syntaxes(ToolCallFormat format, Dictionary<string, AIFunctionDeclaration> tools) => format switch
    {
        ToolCallFormat.LlamaJson => [new PythonTagCalls(), new LlamaCalls(tools.Keys.ToHashSet(StringComparer.Ordinal))],
        ToolCallFormat.Mistral => [new MistralCalls()],
        ToolCallFormat.FunctionMarkup => [new FunctionMarkupCalls(tools)],
        ToolCallFormat.DeepSeek => [new DeepSeekCalls(), new HermesCalls()],
        _ => [new HermesCalls()],
    };
}
