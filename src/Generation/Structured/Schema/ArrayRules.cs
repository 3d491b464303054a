using System.Text.Json.Nodes;

namespace GenAI.Generation.Structured.Schema;

/// <summary>Arrays, and tuples (<c>prefixItems</c>, or <c>items</c> as a list).</summary>
internal sealed class ArrayRules(SchemaCompiler compiler, GrammarBuilder grammar)
{
    public string Compile(JsonObject schema, string path)
    {
        if (schema["uniqueItems"] is JsonValue unique && unique.TryGetValue<bool>(out var isUnique) && isUnique)
        {
            throw new UnsupportedSchemaException("uniqueItems", path, "is not supported");
        }

        var min = SchemaKeywords.Count(schema, "minItems", path) ?? 0;
        var max = SchemaKeywords.Count(schema, "maxItems", path);
        var prefix = SchemaKeywords.List(schema, "prefixItems", path) ?? schema["items"] as JsonArray;
        var rest = schema["items"] is JsonArray ? schema["additionalItems"] : schema["items"];
        var items = prefix is { Count: > 0 }
            ? Tuple([.. prefix.Select((item, i) => compiler.Compile(item, $"{path}[{i}]"))], rest, min, max, path)
            : IsFalse(rest) || max == 0
                ? min == 0 ? "\"\"" : throw new UnsupportedSchemaException("minItems", path, "asks for items that are not allowed")
                : Sequences.Of(grammar, rest is null ? compiler.Any() : compiler.Compile(rest, $"{path}[]"), min, max, "minItems", path);
        return grammar.Rule("array", $"\"[\" {Gbnf.Blank} {items} {Gbnf.Blank} \"]\"");
    }

    /// <summary>Built from the end: each item may be the last once the minimum is reached.</summary>
    private string Tuple(List<string> prefix, JsonNode? rest, int min, int? max, string path)
    {
        var count = Math.Min(prefix.Count, max ?? int.MaxValue);
        var tail = "";
        if (!IsFalse(rest) && (max is null || max > prefix.Count))
        {
            var more = rest is null ? compiler.Any() : compiler.Compile(rest, $"{path}[]");
            var next = grammar.Rule("next", $"\",\" {Gbnf.Blank} {more}");
            tail = Gbnf.Repeat(next, Math.Max(min - prefix.Count, 0), max is null ? null : Math.Min(max.Value - prefix.Count, Gbnf.MaxRepetition));
        }
        else if (min > count)
        {
            throw new UnsupportedSchemaException("minItems", path, "asks for items that are not allowed");
        }

        for (var i = count - 1; i >= 0; i--)
        {
            var item = $"{(i == 0 ? "" : $"\",\" {Gbnf.Blank} ")}{prefix[i]} {tail}".TrimEnd();
            tail = grammar.Rule("tuple", i >= min ? $"({item})?" : item);
        }

        return tail.Length == 0 ? "\"\"" : tail;
    }

    private static bool IsFalse(JsonNode? node) => node is JsonValue value && value.TryGetValue<bool>(out var allowed) && !allowed;
}
