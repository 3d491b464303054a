using System.Text.Json;
using System.Text.Json.Serialization;
using GenAI.Pipelines.VectorStores;
using GenAI.Retrieval.Filters;

namespace GenAI.Gateway.VectorStores;

/// <summary>Writes attributes as a plain object; requests are read by <see cref="AttributesJson"/>, which names what is wrong.</summary>
internal sealed class AttributesConverter : JsonConverter<IReadOnlyDictionary<string, AttributeValue>>
{
    public override IReadOnlyDictionary<string, AttributeValue> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return AttributesJson.Read(document.RootElement);
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, AttributeValue> value, JsonSerializerOptions options) =>
        AttributesJson.Write(writer, value);
}
