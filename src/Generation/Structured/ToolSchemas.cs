using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace GenAI.Generation.Structured;

internal static class ToolSchemas
{
    private static readonly JsonElement Empty = JsonElement.Parse("""{"type":"object","properties":{}}""");

    /// <summary>A tool's parameters as a schema of an object, which arguments always are.</summary>
    public static JsonElement AsObject(AIFunctionDeclaration tool)
    {
        if (tool.JsonSchema.ValueKind != JsonValueKind.Object || !tool.JsonSchema.EnumerateObject().Any())
        {
            return Empty;
        }

        if (tool.JsonSchema.TryGetProperty("type", out _) || tool.JsonSchema.TryGetProperty("$ref", out _))
        {
            return tool.JsonSchema;
        }

        var schema = JsonObject.Create(tool.JsonSchema)!;
        schema["type"] = "object";
        return JsonSerializer.SerializeToElement(schema);
    }
}
