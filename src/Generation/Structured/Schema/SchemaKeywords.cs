using System.Text.Json.Nodes;

namespace GenAI.Generation.Structured.Schema;

/// <summary>Which keywords say nothing about validity, which are understood, and how their values are read.</summary>
internal static class SchemaKeywords
{
    private static readonly HashSet<string> Annotations = new(StringComparer.Ordinal)
    {
        "title", "description", "default", "examples", "example", "$schema", "$id", "id", "$comment", "$defs", "definitions", "deprecated", "readOnly",
        "writeOnly", "contentMediaType", "contentEncoding", "$anchor", "$vocabulary",
    };

    private static readonly Dictionary<string, string> TypeOf = new(StringComparer.Ordinal)
    {
        ["properties"] = "object", ["required"] = "object", ["additionalProperties"] = "object", ["patternProperties"] = "object", ["minProperties"] = "object", ["maxProperties"] = "object",
        ["items"] = "array", ["prefixItems"] = "array", ["minItems"] = "array", ["maxItems"] = "array", ["uniqueItems"] = "array", ["additionalItems"] = "array",
        ["minLength"] = "string", ["maxLength"] = "string", ["pattern"] = "string", ["format"] = "string",
        ["minimum"] = "number", ["maximum"] = "number", ["exclusiveMinimum"] = "number", ["exclusiveMaximum"] = "number", ["multipleOf"] = "number",
    };

    private static readonly HashSet<string> Structural = new(StringComparer.Ordinal) { "type", "enum", "const", "anyOf", "oneOf", "allOf", "not", "$ref" };

    // Keywords of some draft that restrict values in ways a grammar here does not express.
    private static readonly HashSet<string> Unenforced = new(StringComparer.Ordinal)
    {
        "if", "then", "else", "propertyNames", "dependencies", "dependentRequired", "dependentSchemas", "contains",
        "minContains", "maxContains", "unevaluatedProperties", "unevaluatedItems", "disallow", "extends", "divisibleBy", "nullable",
        "$dynamicRef", "$recursiveRef", "contentSchema",
    };

    public static bool IsAnnotation(string keyword) => Annotations.Contains(keyword) || keyword.StartsWith("x-", StringComparison.Ordinal);

    /// <summary>The type a keyword speaks about; null when it speaks about any.</summary>
    public static string? TypeFor(string keyword) => TypeOf.GetValueOrDefault(keyword);

    public static void RequireKnown(JsonObject schema, bool ignoresUnknown, string path)
    {
        foreach (var (keyword, _) in schema)
        {
            var isKnown = IsAnnotation(keyword) || Structural.Contains(keyword) || TypeOf.ContainsKey(keyword);
            if (!isKnown && (!ignoresUnknown || Unenforced.Contains(keyword)))
            {
                throw new UnsupportedSchemaException(keyword, path, "is not supported");
            }
        }
    }

    public static int? Count(JsonObject schema, string keyword, string path)
    {
        if (schema[keyword] is not { } node)
        {
            return null;
        }

        return node is JsonValue value && value.TryGetValue<double>(out var number) && number >= 0 && double.IsInteger(number)
            ? (int)Math.Min(number, int.MaxValue)
            : throw new UnsupportedSchemaException(keyword, path, "is not a whole number of at least 0");
    }

    public static JsonArray? List(JsonObject schema, string keyword, string path) => schema[keyword] switch
    {
        null => null,
        JsonArray array => array,
        _ => throw new UnsupportedSchemaException(keyword, path, "is not a list"),
    };
}
