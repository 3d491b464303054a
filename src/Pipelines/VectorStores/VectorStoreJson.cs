using System.Text.Json.Serialization;

namespace GenAI.Pipelines.VectorStores;

/// <summary>JSON that is kept in the database.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(IngestPayload))]
[JsonSerializable(typeof(RenewalPayload))]
internal sealed partial class VectorStoreJson : JsonSerializerContext;
