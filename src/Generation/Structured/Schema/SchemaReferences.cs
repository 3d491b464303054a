using System.Globalization;
using System.Text.Json.Nodes;

namespace GenAI.Generation.Structured.Schema;

/// <summary>Finds what a local <c>$ref</c> points to.</summary>
internal sealed class SchemaReferences(JsonNode root)
{
    public JsonNode Resolve(string reference, string path)
    {
        if (!reference.StartsWith('#') || (reference.Length > 1 && reference[1] != '/'))
        {
            throw new UnsupportedSchemaException("$ref", path, $"points outside of the schema or to an anchor ('{reference}')");
        }

        var node = root;
        foreach (var part in reference.Split('/').Skip(1))
        {
            var name = Uri.UnescapeDataString(part).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            node = node switch
            {
                JsonObject map when map.TryGetPropertyValue(name, out var next) && next is not null => next,
                JsonArray list when int.TryParse(name, CultureInfo.InvariantCulture, out var index) && index >= 0 && index < list.Count && list[index] is { } item => item,
                _ => throw new UnsupportedSchemaException("$ref", path, $"points to nothing ('{reference}')"),
            };
        }

        return node;
    }
}
