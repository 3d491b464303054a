using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace GenAI.Guardrails.Chat;

/// <summary>
/// Checks what reaches the model beside the messages: the tools' names, descriptions and schemas, the response format,
/// the instructions, and those further properties that the policy names. A caller may write anything into them.
/// </summary>
internal sealed class OptionsGuard(GuardSession session, IReadOnlyList<string> textProperties)
{
    /// <exception cref="GuardrailBlockedException">A rail blocked something of it.</exception>
    /// <returns>The same options when nothing changed.</returns>
    public ChatOptions? Check(ChatOptions? options)
    {
        if (options is null)
        {
            return null;
        }

        var tools = Check(options.Tools);
        var format = Check(options.ResponseFormat);
        var instructions = options.Instructions is { } text ? CheckText(text, TextProvenance.System) : null;
        var properties = Check(options.AdditionalProperties);
        if (ReferenceEquals(tools, options.Tools) && ReferenceEquals(format, options.ResponseFormat)
            && ReferenceEquals(instructions, options.Instructions) && ReferenceEquals(properties, options.AdditionalProperties))
        {
            return options;
        }

        var copy = options.Clone();
        copy.Tools = tools;
        copy.ResponseFormat = format;
        copy.Instructions = instructions;
        copy.AdditionalProperties = properties;
        return copy;
    }

    private IList<AITool>? Check(IList<AITool>? tools)
    {
        if (tools is null)
        {
            return null;
        }

        var safe = tools.Select(tool => tool is AIFunctionDeclaration function ? Check(function) : tool).ToList();
        return safe.SequenceEqual(tools, ReferenceEqualityComparer.Instance) ? tools : safe;
    }

    private AIFunctionDeclaration Check(AIFunctionDeclaration tool)
    {
        // The name is what the call is made by, so it cannot be masked.
        if (CheckText(tool.Name, TextProvenance.Tool) != tool.Name)
        {
            throw Blocked($"The name of the tool '{tool.Name}' holds what a rule of the operator takes out. Give the tool another name.");
        }

        var description = CheckText(tool.Description, TextProvenance.Tool);
        var schema = CheckSchema(tool.JsonSchema);
        return ReferenceEquals(description, tool.Description) && schema is null
            ? tool
            : new GuardedFunction(tool, description, schema ?? tool.JsonSchema);
    }

    private ChatResponseFormat? Check(ChatResponseFormat? format)
    {
        if (format is not ChatResponseFormatJson json)
        {
            return format;
        }

        var description = json.SchemaDescription is { } text ? CheckText(text, TextProvenance.User) : null;
        var schema = json.Schema is { } given ? CheckSchema(given) : null;
        return ReferenceEquals(description, json.SchemaDescription) && schema is null
            ? format
            : new ChatResponseFormatJson(schema ?? json.Schema, json.SchemaName, description);
    }

    private AdditionalPropertiesDictionary? Check(AdditionalPropertiesDictionary? properties)
    {
        var result = properties;
        foreach (var name in textProperties)
        {
            if (properties is null || !properties.TryGetValue(name, out var value) || value is null)
            {
                continue;
            }

            var guard = new ValueGuard(session, RailStage.Input, TextProvenance.User);
            var safe = guard.Check(value);
            Refuse(guard.Block);
            if (!ReferenceEquals(safe, value))
            {
                result = ReferenceEquals(result, properties) ? properties.Clone() : result;
                result![name] = safe;
            }
        }

        return result;
    }

    /// <summary>Null when nothing changed.</summary>
    private JsonElement? CheckSchema(JsonElement schema)
    {
        if (schema.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
        {
            return null;
        }

        var guard = new ValueGuard(session, RailStage.Input, TextProvenance.Tool);
        var safe = guard.CheckSchema(JsonSerializer.SerializeToNode(schema));
        Refuse(guard.Block);
        return JsonNode.DeepEquals(safe, JsonSerializer.SerializeToNode(schema)) ? null : JsonSerializer.SerializeToElement(safe);
    }

    private string CheckText(string text, TextProvenance provenance)
    {
        var safe = session.Check(text, RailStage.Input, provenance, out var block);
        Refuse(block);
        return safe!; // null only with a block
    }

    private void Refuse(RailFinding? block)
    {
        if (block is not null)
        {
            throw Blocked(Refusals.Sentence(block));
        }
    }

    private GuardrailBlockedException Blocked(string sentence) => new(sentence, session.Verdicts(RailStage.Input));
}
