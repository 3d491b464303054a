using System.Text.Json.Serialization;
using GenAI.Gateway.Files;

namespace GenAI.Gateway.Jobs;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(JobObject))]
[JsonSerializable(typeof(ListObject<JobObject>))]
internal sealed partial class JobsJson : JsonSerializerContext;
