using System.Text.Json;
using System.Text.Json.Serialization;

namespace GenAI.Generation.Catalogue.Hub;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(List<HubFile>))]
internal sealed partial class HubJsonContext : JsonSerializerContext;
