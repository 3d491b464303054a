using System.Text.Json.Nodes;

namespace GenAI.Generation.Structured.Schema;

/// <summary>Makes one schema that demands what two demand; refuses where one schema cannot say it.</summary>
internal static class SchemaMerger
{
    public static JsonObject Merge(JsonObject left, JsonObject right, string path)
    {
        var result = (JsonObject)left.DeepClone();
        foreach (var (keyword, value) in right)
        {
            if (SchemaKeywords.IsAnnotation(keyword) || !result.TryGetPropertyValue(keyword, out var existing))
            {
                result[keyword] = value?.DeepClone();
            }
            else if (!JsonNode.DeepEquals(existing, value))
            {
                result[keyword] = MergeKeyword(keyword, existing, value, path);
            }
        }

        RequireSameOpenness(left, right, path);
        return result;
    }

    private static JsonNode? MergeKeyword(string keyword, JsonNode? left, JsonNode? right, string path) => keyword switch
    {
        "properties" when left is JsonObject a && right is JsonObject b => MergeProperties(a, b, path),
        "required" when left is JsonArray a && right is JsonArray b => Union(a, b),
        "type" => Types(left, right, path),
        "enum" when left is JsonArray a && right is JsonArray b => Intersection(a, b),
        "items" or "additionalProperties" => MergeSchemas(left, right, path),
        "minimum" or "exclusiveMinimum" or "minLength" or "minItems" or "minProperties" => Number(left) >= Number(right) ? left?.DeepClone() : right?.DeepClone(),
        "maximum" or "exclusiveMaximum" or "maxLength" or "maxItems" or "maxProperties" => Number(left) <= Number(right) ? left?.DeepClone() : right?.DeepClone(),
        "allOf" when left is JsonArray a && right is JsonArray b => new JsonArray([.. a.Concat(b).Select(static n => n?.DeepClone())]),
        _ => throw new UnsupportedSchemaException(keyword, path, "is demanded twice, differently, of one value"),
    };

    private static JsonObject MergeProperties(JsonObject left, JsonObject right, string path)
    {
        var result = (JsonObject)left.DeepClone();
        foreach (var (name, schema) in right)
        {
            result[name] = result.TryGetPropertyValue(name, out var existing) ? MergeSchemas(existing, schema, $"{path}.{name}") : schema?.DeepClone();
        }

        return result;
    }

    private static JsonNode? MergeSchemas(JsonNode? left, JsonNode? right, string path) => (left, right) switch
    {
        (JsonObject a, JsonObject b) => a.ContainsKey("$ref") || b.ContainsKey("$ref")
            ? new JsonObject { ["allOf"] = new JsonArray(a.DeepClone(), b.DeepClone()) }
            : Merge(a, b, path),
        (JsonValue a, _) when a.TryGetValue<bool>(out var open) => open ? right?.DeepClone() : JsonValue.Create(false),
        (_, JsonValue b) when b.TryGetValue<bool>(out var open) => open ? left?.DeepClone() : JsonValue.Create(false),
        _ => throw new UnsupportedSchemaException("allOf", path, "joins something that is not a schema"),
    };

    /// <summary>A side that is closed to other properties would forbid those that only the other side lists.</summary>
    private static void RequireSameOpenness(JsonObject left, JsonObject right, string path)
    {
        foreach (var (closed, other) in new[] { (left, right), (right, left) })
        {
            var listed = closed["properties"] as JsonObject;
            if (closed.ContainsKey("additionalProperties") && other.ContainsKey("patternProperties") && !JsonNode.DeepEquals(closed["patternProperties"], other["patternProperties"]))
            {
                throw new UnsupportedSchemaException("additionalProperties", path, "is restricted on one side of a combination that allows property patterns on the other");
            }

            if (closed.TryGetPropertyValue("additionalProperties", out var rest)
                && !(rest is JsonValue value && value.TryGetValue<bool>(out var open) && open)
                && other["properties"] is JsonObject others
                && others.Any(p => listed?.ContainsKey(p.Key) != true))
            {
                throw new UnsupportedSchemaException("additionalProperties", path, "is restricted on one side of a combination that lists properties on the other");
            }
        }
    }

    private static JsonArray Types(JsonNode? left, JsonNode? right, string path)
    {
        var a = TypeNames(left);
        var b = TypeNames(right);
        var both = a.Where(t => b.Contains(t) || (t == "integer" && b.Contains("number")))
            .Concat(b.Where(t => t == "integer" && a.Contains("number") && !a.Contains("integer"))).Distinct(StringComparer.Ordinal).ToList();
        return both.Count == 0
            ? throw new UnsupportedSchemaException("type", path, "leaves no type that fits both sides of a combination")
            : new JsonArray([.. both.Select(static t => JsonValue.Create(t))]);
    }

    private static List<string> TypeNames(JsonNode? node) => node is JsonArray list ? [.. list.Select(static n => n!.ToString())] : [node!.ToString()];

    private static JsonArray Union(JsonArray left, JsonArray right) =>
        [.. left.Concat(right).Select(static n => n!.ToString()).Distinct(StringComparer.Ordinal).Select(static n => JsonValue.Create(n))];

    private static JsonArray Intersection(JsonArray left, JsonArray right) =>
        [.. left.Where(a => right.Any(b => JsonNode.DeepEquals(a, b))).Select(static n => n?.DeepClone())];

    private static double Number(JsonNode? node) => node is JsonValue value && value.TryGetValue<double>(out var number) ? number : double.NaN;
}
