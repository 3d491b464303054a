using System.Text.Json;
using Microsoft.Extensions.AI;

namespace GenAI.Guardrails.Chat;

/// <summary>A tool as the model may see it: its text with the rails' edits, all else its own.</summary>
internal sealed class GuardedFunction(AIFunctionDeclaration inner, string description, JsonElement schema) : AIFunctionDeclaration
{
    public override string Name => inner.Name;

    public override string Description => description;

    public override JsonElement JsonSchema => schema;

    public override JsonElement? ReturnJsonSchema => inner.ReturnJsonSchema;

    public override IReadOnlyDictionary<string, object?> AdditionalProperties => inner.AdditionalProperties;

    public override object? GetService(Type serviceType, object? serviceKey = null) => inner.GetService(serviceType, serviceKey);
}
