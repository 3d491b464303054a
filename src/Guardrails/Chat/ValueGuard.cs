using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GenAI.Guardrails.Chat;

/// <summary>Checks structured values (tool arguments, tool results): every name, text and number in them.</summary>
internal sealed class ValueGuard(GuardSession session, RailStage stage, TextProvenance provenance)
{
    /// <summary>Set when a rail blocked something inside.</summary>
    public RailFinding? Block { get; private set; }

    /// <summary>The arguments with their edits, or the same object when nothing changed.</summary>
    public IDictionary<string, object?>? Check(IDictionary<string, object?>? arguments)
    {
        if (arguments is null)
        {
            return null;
        }

        var result = new Dictionary<string, object?>(StringComparer.Ordinal);
        var changed = false;
        foreach (var (name, value) in arguments)
        {
            var checkedName = CheckText(name);
            var checkedValue = Check(value);
            changed |= !ReferenceEquals(checkedValue, value) || !ReferenceEquals(checkedName, name);
            result[checkedName] = checkedValue;
        }

        return changed ? result : arguments;
    }

    /// <summary>The value with its edits, or the same object when nothing changed.</summary>
    public object? Check(object? value)
    {
        switch (value)
        {
            case null or bool:
                return value;
            case string text:
                return CheckText(text);
            case int or long or ulong or decimal or double:
                var number = Convert.ToString(value, CultureInfo.InvariantCulture)!;
                var checkedNumber = CheckText(number);
                return string.Equals(checkedNumber, number, StringComparison.Ordinal) ? value : checkedNumber;
            default:
                var before = JsonSerializer.SerializeToNode(value);
                var after = CheckNode(before?.DeepClone());
                return JsonNode.DeepEquals(before, after) ? value : JsonSerializer.SerializeToElement(after);
        }
    }

    /// <summary>A JSON Schema with its edits. Bounds such as <c>maximum</c> are left as they are: they say nothing, and a mask would break them.</summary>
    public JsonNode? CheckSchema(JsonNode? schema) => schema switch
    {
        JsonObject fields => CheckFields(fields, field => IsBound(field.Key, field.Value) ? field.Value : CheckSchema(field.Value)),
        JsonArray items => new JsonArray([.. items.Select(item => CheckSchema(item)?.DeepClone())]),
        _ => CheckNode(schema),
    };

    private static bool IsBound(string keyword, JsonNode? value) =>
        value is JsonValue number && number.GetValueKind() == JsonValueKind.Number
        && keyword is ("minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum" or "multipleOf" or "minLength" or "maxLength"
            or "minItems" or "maxItems" or "minProperties" or "maxProperties" or "minContains" or "maxContains");

    /// <summary>Two names may be one after their edits, as two spellings of a number are; the last one stays then, as in <see cref="Check(IDictionary{string, object?}?)"/>.</summary>
    private JsonObject CheckFields(JsonObject fields, Func<KeyValuePair<string, JsonNode?>, JsonNode?> check)
    {
        var result = new JsonObject();
        foreach (var field in fields)
        {
            result[CheckText(field.Key)] = check(field)?.DeepClone();
        }

        return result;
    }

    private JsonNode? CheckNode(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject fields:
                return CheckFields(fields, field => CheckNode(field.Value));
            case JsonArray items:
                return new JsonArray([.. items.Select(item => CheckNode(item)?.DeepClone())]);
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                return CheckText(value.GetValue<string>());
            case JsonValue value when value.GetValueKind() == JsonValueKind.Number:
                var number = value.ToJsonString();
                var checkedNumber = CheckText(number);
                return string.Equals(number, checkedNumber, StringComparison.Ordinal) ? value : checkedNumber;
            default:
                return node;
        }
    }

    private string CheckText(string text)
    {
        var result = session.Check(text, stage, provenance, out var block);
        Block ??= block;
        return result ?? string.Empty;
    }
}
