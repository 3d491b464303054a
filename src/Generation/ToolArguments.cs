using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace GenAI.Generation;

/// <summary>The arguments of a tool call as the JSON text the model wrote, and as values.</summary>
public static class ToolArguments
{
    /// <summary>Key of <c>FunctionCallContent.AdditionalProperties</c> that keeps the model's own JSON text.</summary>
    public const string JsonKey = "arguments_json";

    /// <summary>Makes a call from the JSON text of its arguments; text that is not a JSON object is kept and comes with no values.</summary>
    public static FunctionCallContent Call(string callId, string name, string argumentsJson)
    {
        var json = string.IsNullOrWhiteSpace(argumentsJson) ? "{}" : argumentsJson;
        return new FunctionCallContent(callId, name, Values(json))
        {
            AdditionalProperties = new() { [JsonKey] = json },
        };
    }

    /// <summary>The JSON text of a call's arguments: the model's own where it is known.</summary>
    public static string Json(FunctionCallContent call)
    {
        if (call.AdditionalProperties?.TryGetValue(JsonKey, out var kept) == true && kept is string text)
        {
            return text;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in call.Arguments ?? new Dictionary<string, object?>(StringComparer.Ordinal))
            {
                writer.WritePropertyName(name);
                WriteValue(writer, value);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static Dictionary<string, object?>? Values(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            // A model may write a key twice; the last one counts, as in most JSON readers.
            var values = new Dictionary<string, object?>(StringComparer.Ordinal);
            foreach (var property in document.RootElement.EnumerateObject())
            {
                values[property.Name] = property.Value.Clone();
            }

            return values;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void WriteValue(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case JsonElement element: element.WriteTo(writer); break;
            case string text: writer.WriteStringValue(text); break;
            case bool truth: writer.WriteBooleanValue(truth); break;
            case int number: writer.WriteNumberValue(number); break;
            case long number: writer.WriteNumberValue(number); break;
            case double number: writer.WriteNumberValue(number); break;
            case decimal number: writer.WriteNumberValue(number); break;
            default: writer.WriteStringValue(value.ToString()); break;
        }
    }
}
