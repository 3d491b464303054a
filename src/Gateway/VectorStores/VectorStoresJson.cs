using System.Text.Json.Serialization;
using GenAI.Gateway.Files;

namespace GenAI.Gateway.VectorStores;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(VectorStoreObject))]
[JsonSerializable(typeof(ListObject<VectorStoreObject>))]
[JsonSerializable(typeof(VectorStoreFileObject))]
[JsonSerializable(typeof(ListObject<VectorStoreFileObject>))]
[JsonSerializable(typeof(FileBatchObject))]
[JsonSerializable(typeof(FileContentPage))]
[JsonSerializable(typeof(SearchResultsPage))]
[JsonSerializable(typeof(DeletedObject))]
internal sealed partial class VectorStoresJson : JsonSerializerContext;
