using System.Text.Json;
using GenAI.Generation.Structured.Schema;

namespace GenAI.Generation.Structured;

/// <summary>
/// Compiles JSON Schema to a GBNF grammar (llama.cpp's notation): every text of the grammar is valid against the schema. Properties come in
/// the schema's order. Where the grammar is narrower than the schema, it is so by choice: no unlisted properties unless asked for, at most
/// 2000 characters or items where the schema allows more, numbers of at most 16 digits, <c>oneOf</c> as <c>anyOf</c>, formats without
/// their rare forms, beside <c>patternProperties</c> no other unlisted ones.
/// </summary>
public static class JsonSchemaGrammar
{
    /// <exception cref="UnsupportedSchemaException">A keyword cannot be enforced; nothing is ever left out silently.</exception>
    public static string Compile(JsonElement schema, JsonSchemaGrammarOptions? options = null)
    {
        var grammar = new GrammarBuilder(options ?? new JsonSchemaGrammarOptions());
        var body = new SchemaCompiler(schema, grammar).CompileRoot();
        return grammar.Build(body);
    }
}
