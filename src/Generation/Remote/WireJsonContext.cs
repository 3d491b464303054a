using System.Text.Json.Serialization;

namespace GenAI.Generation.Remote;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WireChat))]
[JsonSerializable(typeof(WireErrorBody))]
[JsonSerializable(typeof(WireEmbeddings))]
[JsonSerializable(typeof(WireEmbeddingRequest))]
internal sealed partial class WireJsonContext : JsonSerializerContext;
