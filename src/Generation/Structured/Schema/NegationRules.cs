using System.Text.Json.Nodes;

namespace GenAI.Generation.Structured.Schema;

/// <summary>
/// <c>not</c>, where another schema can say the same without it: not of a type, none of some values, without a
/// property. A grammar has no complement, so anything else is refused.
/// </summary>
internal static class NegationRules
{
    /// <param name="types">Types the schema allows apart from its <c>not</c>.</param>
    /// <param name="excluded">Texts that the value may not be.</param>
    /// <returns>The schema without <c>not</c>.</returns>
    public static JsonObject Resolve(JsonObject schema, IReadOnlyList<string> types, out IReadOnlyList<string> excluded, string path)
    {
        excluded = [];
        if (!schema.ContainsKey("not"))
        {
            return schema;
        }

        var result = (JsonObject)schema.DeepClone();
        result.Remove("not");
        var keywords = schema["not"] is JsonObject not ? not.Where(static pair => !SchemaKeywords.IsAnnotation(pair.Key)).ToList() : [];
        switch (keywords)
        {
            case [("type", var type)]:
                result["type"] = new JsonArray([.. Rest(types, type, path).Select(static name => JsonValue.Create(name))]);
                return result;
            case [("enum", JsonArray values)]:
                excluded = Exclude(result, values, path);
                return result;
            case [("const", var value)]:
                excluded = Exclude(result, [value?.DeepClone()], path);
                return result;
            case [("required", JsonArray { Count: 1 } names)] when types is ["object"]:
                Forbid(result, names[0]?.ToString() ?? "", path);
                return result;
            default:
                throw new UnsupportedSchemaException("not", path, "is supported for a type, for an enum or const, and for one required property of an object");
        }
    }

    private static List<string> Rest(IReadOnlyList<string> types, JsonNode? type, string path)
    {
        var named = type is JsonArray list ? [.. list.Select(static n => n?.ToString() ?? "")] : new List<string> { type?.ToString() ?? "" };
        if (named.Contains("integer") && !named.Contains("number") && types.Contains("number"))
        {
            throw new UnsupportedSchemaException("not", path, "cannot forbid whole numbers alone");
        }

        var rest = types.Where(name => !named.Contains(name) && !(name == "integer" && named.Contains("number"))).ToList();
        return rest.Count > 0 ? rest : throw new UnsupportedSchemaException("not", path, "leaves no type");
    }

    private static List<string> Exclude(JsonObject schema, JsonArray values, string path)
    {
        if (schema["enum"] is JsonArray listed)
        {
            schema["enum"] = new JsonArray([.. listed.Where(one => !values.Any(value => JsonNode.DeepEquals(one, value))).Select(static one => one?.DeepClone())]);
            return [];
        }

        if (schema.TryGetPropertyValue("const", out var fixedValue))
        {
            return values.Any(value => JsonNode.DeepEquals(fixedValue, value)) ? throw new UnsupportedSchemaException("not", path, "forbids the only value") : [];
        }

        return [.. values.Select(value => value is JsonValue text && text.TryGetValue<string>(out var excluded)
            ? excluded
            : throw new UnsupportedSchemaException("not", path, "can forbid texts, and other values only of an enum"))];
    }

    private static void Forbid(JsonObject schema, string name, string path)
    {
        if (schema["required"] is JsonArray required && required.Any(one => one?.ToString() == name))
        {
            throw new UnsupportedSchemaException("not", path, $"forbids the property '{name}', which is required");
        }

        var properties = schema["properties"] as JsonObject ?? [];
        properties[name] = JsonValue.Create(false);
        schema["properties"] = properties.Parent is null ? properties : properties.DeepClone();
    }
}
