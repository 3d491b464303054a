using System.Text.Json;
using System.Text.Json.Serialization;

namespace GenAI.Generation.Catalogue;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(SortedDictionary<string, ManifestEntry>))]
internal sealed partial class ManifestJsonContext : JsonSerializerContext;
