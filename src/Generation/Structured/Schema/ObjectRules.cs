using System.Text.Json.Nodes;

namespace GenAI.Generation.Structured.Schema;

/// <summary>
/// Objects. Properties come in order; a chain of rules, one a property, lets optional ones be left out without doubling the grammar: the
/// comma belongs to every property but the first that is there.
/// </summary>
internal sealed class ObjectRules(SchemaCompiler compiler, GrammarBuilder grammar, StringRules strings)
{
    private const string Comma = "\",\" " + Gbnf.Blank;

    public string Compile(JsonObject schema, string path)
    {
        var patterns = new PropertyPatterns(schema, (schema["properties"] as JsonObject)?.Select(static p => p.Key) ?? [], path);
        var properties = Properties(schema, patterns, path, out var required);
        var extra = Extra(schema, patterns, [.. properties.Select(static p => p.Name)], path);
        CheckCounts(schema, properties.Count, required.Count, extra is not null, path);
        if (properties.Count == 0)
        {
            return Map(schema, extra, path);
        }

        var after = extra is null ? "" : grammar.Rule("more", $"({Comma} {extra})*");
        var first = extra is null ? "" : grammar.Rule("rest", $"({extra} {after})?");
        for (var i = properties.Count - 1; i >= 0; i--)
        {
            var (name, value) = properties[i];
            var pair = grammar.Rule("pair", $"{Gbnf.Literal(StringRules.Quote(name))} {Gbnf.Blank} \":\" {Gbnf.Blank} {value}");
            var isRequired = required.Contains(name);
            var here = after.Length == 0 ? pair : $"{pair} {after}";
            first = isRequired ? grammar.Rule("first", here)
                : first.Length == 0 ? grammar.Rule("first", $"({here})?")
                : grammar.Rule("first", $"{here} | {first}");
            var item = $"{Comma} {pair}";
            after = grammar.Rule("after", isRequired ? $"{item} {after}".TrimEnd() : $"({item})? {after}".TrimEnd());
        }

        return grammar.Rule("object", $"\"{{\" {Gbnf.Blank} {first} {Gbnf.Blank} \"}}\"");
    }

    private List<(string Name, string Rule)> Properties(JsonObject schema, PropertyPatterns patterns, string path, out HashSet<string> required)
    {
        required = SchemaKeywords.List(schema, "required", path)?.Select(static n => n?.ToString() ?? "").ToHashSet(StringComparer.Ordinal) ?? [];
        var listed = schema["properties"] switch
        {
            null => [],
            JsonObject map => map,
            _ => throw new UnsupportedSchemaException("properties", path, "is not an object"),
        };
        var properties = new List<(string, string)>();
        foreach (var (name, value) in listed)
        {
            if (value is JsonValue none && none.TryGetValue<bool>(out var allowed) && !allowed && !required.Contains(name))
            {
                continue; // A property that may not be there.
            }

            properties.Add((name, compiler.Compile(value, $"{path}.{name}")));
        }

        var rest = schema["additionalProperties"];
        foreach (var name in required.Where(n => !listed.ContainsKey(n)))
        {
            properties.Add((name, patterns.SchemaOf(name, out var matched) ? compiler.Compile(matched, $"{path}.{name}") : rest is JsonObject ? compiler.Compile(rest, $"{path}.additionalProperties") : IsFalse(rest)
                ? throw new UnsupportedSchemaException("required", path, $"demands '{name}', which additionalProperties forbids")
                : compiler.Any()));
        }

        return properties;
    }

    /// <summary>The rule of one unlisted property; null when there may be none.</summary>
    private string? Extra(JsonObject schema, PropertyPatterns patterns, List<string> names, string path)
    {
        if (patterns.Any)
        {
            // A required name that a pattern matches may come again: its value has the pattern's schema both times.
            return patterns.Compile(compiler, grammar, strings);
        }

        var rest = schema["additionalProperties"];
        if (IsFalse(rest) || (rest is null && schema.ContainsKey("properties") && !grammar.Options.AllowUnlistedProperties))
        {
            return null;
        }

        var forbidden = names.Concat((schema["properties"] as JsonObject)?.Select(static p => p.Key) ?? []).Distinct(StringComparer.Ordinal).ToList();
        var key = forbidden.Count == 0 ? strings.Any() : new KeyExclusionRules(grammar).Compile(forbidden);
        var value = rest is null or JsonValue ? compiler.Any() : compiler.Compile(rest, $"{path}.additionalProperties");
        return grammar.Rule("extra", $"{key} {Gbnf.Blank} \":\" {Gbnf.Blank} {value}");
    }

    private string Map(JsonObject schema, string? extra, string path)
    {
        var min = SchemaKeywords.Count(schema, "minProperties", path) ?? 0;
        var max = SchemaKeywords.Count(schema, "maxProperties", path);
        if (extra is null || max == 0)
        {
            return grammar.Rule("object", $"\"{{\" {Gbnf.Blank} \"}}\"");
        }

        var items = Sequences.Of(grammar, extra, min, max, "minProperties", path);
        return grammar.Rule("object", $"\"{{\" {Gbnf.Blank} {items} {Gbnf.Blank} \"}}\"");
    }

    /// <summary>A count of properties is enforced where it follows from the list, or where nothing is listed.</summary>
    private static void CheckCounts(JsonObject schema, int listed, int required, bool isOpen, string path)
    {
        if (listed == 0)
        {
            return;
        }

        if (SchemaKeywords.Count(schema, "minProperties", path) > required)
        {
            throw new UnsupportedSchemaException("minProperties", path, "asks for more properties than are required by name");
        }

        if (SchemaKeywords.Count(schema, "maxProperties", path) is { } max && (isOpen || max < listed))
        {
            throw new UnsupportedSchemaException("maxProperties", path, "allows fewer properties than may be there");
        }
    }

    private static bool IsFalse(JsonNode? node) => node is JsonValue value && value.TryGetValue<bool>(out var allowed) && !allowed;
}
