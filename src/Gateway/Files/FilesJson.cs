using System.Text.Json.Serialization;

namespace GenAI.Gateway.Files;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(FileObject))]
[JsonSerializable(typeof(DeletedObject))]
[JsonSerializable(typeof(ListObject<FileObject>))]
internal sealed partial class FilesJson : JsonSerializerContext;
