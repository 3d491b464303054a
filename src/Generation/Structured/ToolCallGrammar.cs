using System.Text.Json;
using GenAI.Generation.Structured.Schema;
using Microsoft.Extensions.AI;

namespace GenAI.Generation.Structured;

/// <summary>Grammars of tool calls: a declared name and arguments that are valid against that tool's schema, in the markup the model uses.</summary>
public static class ToolCallGrammar
{
    /// <summary>What GPT-OSS writes before its answer.</summary>
    internal const string HarmonyAnswer = "\"<|channel|>final<|message|>\"";

    /// <param name="tools">The tools of which one must be called.</param>
    /// <param name="allowMany">Whether more calls may follow the first.</param>
    /// <param name="answer">A schema of the answer that may come instead of a call; null when a call must come.</param>
    /// <exception cref="UnsupportedSchemaException">A tool's schema cannot be enforced; the path starts with the tool's name.</exception>
    public static string Compile(IReadOnlyList<AIFunctionDeclaration> tools, ToolCallFormat format, bool allowMany, JsonElement? answer = null, JsonSchemaGrammarOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(tools);
        if (tools.Count == 0)
        {
            throw new ArgumentException("A tool call needs a tool.", nameof(tools));
        }

        var grammar = new GrammarBuilder(options ?? new JsonSchemaGrammarOptions());
        var argumentsKey = format == ToolCallFormat.LlamaJson ? "parameters" : "arguments";
        if (format == ToolCallFormat.Harmony)
        {
            var messages = tools.Select(tool => $"{Gbnf.Literal($"<|channel|>commentary to=functions.{tool.Name} <|constrain|>json<|message|>")} {Arguments(tool, grammar)}");
            var message = grammar.Rule("call", string.Join(" | ", messages.ToList()));
            return grammar.Build(answer is { } given ? $"{message} | {HarmonyAnswer} {new SchemaCompiler(given, grammar).CompileRoot()}" : message);
        }

        var calls = tools.Select(tool => $"{Gbnf.Literal("{\"name\": " + StringRules.Quote(tool.Name) + ", \"" + argumentsKey + "\": ")} {Arguments(tool, grammar)} \"}}\"");
        var call = grammar.Rule("call", string.Join(" | ", calls.ToList()));
        var calling = format switch
        {
            ToolCallFormat.LlamaJson => call,
            ToolCallFormat.Mistral => $"\"[TOOL_CALLS][\" {call} {(allowMany ? $"(\", \" {call})*" : "")} \"]\"",
            _ => Hermes(grammar.Rule("block", $"\"<tool_call>\\n\" {call} \"\\n</tool_call>\""), allowMany),
        };
        return grammar.Build(answer is { } schema ? $"{calling} | {new SchemaCompiler(schema, grammar).CompileRoot()}" : calling);
    }

    private static string Hermes(string block, bool allowMany) => allowMany ? $"{block} (\"\\n\" {block})*" : block;

    private static string Arguments(AIFunctionDeclaration tool, GrammarBuilder grammar)
    {
        try
        {
            return new SchemaCompiler(ToolSchemas.AsObject(tool), grammar).CompileRoot();
        }
        catch (UnsupportedSchemaException e)
        {
            throw new UnsupportedSchemaException(e.Keyword, $"{tool.Name}.{e.Path.TrimStart('$', '.')}", e.Reason);
        }
    }
}
