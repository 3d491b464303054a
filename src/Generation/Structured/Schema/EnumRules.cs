using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GenAI.Generation.Structured.Schema;

/// <summary>Values from a list. Those that the schema's other keywords rule out are left out here, so none is ignored.</summary>
internal sealed class EnumRules(GrammarBuilder grammar)
{
    private const int MaxValues = 2000;

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Compile(JsonObject schema, string path)
    {
        var keyword = schema.ContainsKey("const") ? "const" : "enum";
        var listed = SchemaKeywords.List(schema, "enum", path);
        var values = listed?.ToList() ?? [];
        if (schema.TryGetPropertyValue("const", out var one))
        {
            values = listed is null || listed.Any(v => JsonNode.DeepEquals(v, one)) ? new List<JsonNode?> { one } : [];
        }

        RequireCheckable(schema, path);
        var allowed = values.Where(v => Fits(v, schema, path)).Select(static v => Gbnf.Literal(Write(v))).Distinct(StringComparer.Ordinal).ToList();
        return allowed.Count switch
        {
            0 => throw new UnsupportedSchemaException(keyword, path, "leaves no value that the other keywords allow"),
            > MaxValues => throw new UnsupportedSchemaException(keyword, path, $"lists more than {MaxValues} values"),
            _ => grammar.Rule("enum", string.Join(" | ", allowed)),
        };
    }

    private static string Write(JsonNode? value) => value is null ? "null" : value.ToJsonString(Relaxed);

    private static void RequireCheckable(JsonObject schema, string path)
    {
        foreach (var (keyword, _) in schema)
        {
            var isCheckable = SchemaKeywords.IsAnnotation(keyword)
                || keyword is "enum" or "const" or "type" or "minLength" or "maxLength" or "minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum";
            if (!isCheckable)
            {
                throw new UnsupportedSchemaException(keyword, path, "cannot be enforced together with a list of values");
            }
        }
    }

    private static bool Fits(JsonNode? value, JsonObject schema, string path)
    {
        if (!FitsType(value, schema["type"]))
        {
            return false;
        }

        if (value is JsonValue text && text.TryGetValue<string>(out var s))
        {
            var length = s.EnumerateRunes().Count();
            return length >= (SchemaKeywords.Count(schema, "minLength", path) ?? 0) && length <= (SchemaKeywords.Count(schema, "maxLength", path) ?? int.MaxValue);
        }

        return value is not JsonValue number || !number.TryGetValue<decimal>(out var n) || NumberRange.Of(schema, path).Contains(n);
    }

    private static bool FitsType(JsonNode? value, JsonNode? type)
    {
        IEnumerable<string> types = type switch
        {
            null => [],
            JsonArray list => list.Select(static t => t?.ToString() ?? ""),
            _ => [type.ToString()],
        };
        return type is null || types.Any(t => (value?.GetValueKind() ?? JsonValueKind.Null) switch
        {
            JsonValueKind.String => t == "string",
            JsonValueKind.Number => t == "number" || (t == "integer" && value!.AsValue().TryGetValue<decimal>(out var n) && decimal.IsInteger(n)),
            JsonValueKind.True or JsonValueKind.False => t == "boolean",
            JsonValueKind.Null => t == "null",
            JsonValueKind.Array => t == "array",
            _ => t == "object",
        });
    }
}
