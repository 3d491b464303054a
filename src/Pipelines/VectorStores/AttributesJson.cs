using System.Buffers;
using System.Text;
using System.Text.Json;
using GenAI.Retrieval.Filters;

namespace GenAI.Pipelines.VectorStores;

/// <summary>Attributes of files as JSON objects, with the limits they have at OpenAI.</summary>
public static class AttributesJson
{
    private const int MaxPairs = 16;
    private const int MaxKeyCharacters = 64;
    private const int MaxTextCharacters = 512;

    public static IReadOnlyDictionary<string, AttributeValue> None { get; } = new Dictionary<string, AttributeValue>(StringComparer.Ordinal);

    /// <summary>Reads attributes from a request; null and undefined mean none.</summary>
    /// <exception cref="VectorStoreException">Not an object of text, numbers and truth values, or over a limit.</exception>
    public static IReadOnlyDictionary<string, AttributeValue> Read(JsonElement json)
    {
        if (json.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            return None;
        }

        if (json.ValueKind != JsonValueKind.Object)
        {
            throw VectorStoreException.Invalid("'attributes' must be an object.", "attributes");
        }

        var attributes = new Dictionary<string, AttributeValue>(StringComparer.Ordinal);
        foreach (var property in json.EnumerateObject())
        {
            if (property.Name.Length is 0 or > MaxKeyCharacters)
            {
                throw VectorStoreException.Invalid($"Keys of 'attributes' have 1 to {MaxKeyCharacters} characters.", "attributes");
            }

            attributes[property.Name] = Value(property);
        }

        return attributes.Count <= MaxPairs
            ? attributes
            : throw VectorStoreException.Invalid($"'attributes' takes up to {MaxPairs} keys, not {attributes.Count}.", "attributes");
    }

    internal static IReadOnlyDictionary<string, AttributeValue> Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Read(document.RootElement);
    }

    /// <summary>Writes attributes as one JSON object.</summary>
    public static void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, AttributeValue> attributes)
    {
        writer.WriteStartObject();
        foreach (var (key, value) in attributes)
        {
            writer.WritePropertyName(key);
            switch (value.Kind)
            {
                case AttributeKind.Text:
                    writer.WriteStringValue(value.Text);
                    break;
                case AttributeKind.Number:
                    writer.WriteNumberValue(value.Number);
                    break;
                default:
                    writer.WriteBooleanValue(value.Number != 0);
                    break;
            }
        }

        writer.WriteEndObject();
    }

    public static string Write(IReadOnlyDictionary<string, AttributeValue> attributes)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, attributes);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static AttributeValue Value(JsonProperty property) => property.Value.ValueKind switch
    {
        JsonValueKind.String when property.Value.GetString() is { Length: <= MaxTextCharacters } text => AttributeValue.Of(text),
        JsonValueKind.String => throw VectorStoreException.Invalid($"'attributes.{property.Name}' is longer than {MaxTextCharacters} characters.", $"attributes.{property.Name}"),
        JsonValueKind.Number when property.Value.TryGetDouble(out var number) && double.IsFinite(number) => AttributeValue.Of(number),
        JsonValueKind.True or JsonValueKind.False => AttributeValue.Of(property.Value.GetBoolean()),
        _ => throw VectorStoreException.Invalid($"'attributes.{property.Name}' must be text, a number, true or false.", $"attributes.{property.Name}"),
    };
}
