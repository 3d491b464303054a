using System.Text.Json.Serialization;
using GenAI.Pipelines.VectorStores;
using GenAI.Retrieval.Filters;

namespace GenAI.Gateway.VectorStores;

/// <summary>OpenAI's vector store file object; the <c>x_</c> fields say how far the job has come.</summary>
internal sealed record VectorStoreFileObject(
    string Id,
    string Object,
    long UsageBytes,
    long CreatedAt,
    string VectorStoreId,
    string Status,
    LastErrorObject? LastError,
    ChunkingStrategyObject ChunkingStrategy,
    [property: JsonConverter(typeof(AttributesConverter))] IReadOnlyDictionary<string, AttributeValue> Attributes,
    string XFilename,
    string XJobId,
    string XStage,
    double XProgress,
    double? XEtaSeconds)
{
    public static VectorStoreFileObject Of(VectorStoreFile file, DateTimeOffset now) => new(
        file.FileId,
        "vector_store.file",
        file.UsageBytes,
        file.CreatedAt.ToUnixTimeSeconds(),
        file.StoreId,
        FileStatus.Of(file.Job.State),
        file.Job.Error is { } error ? new LastErrorObject(error.Code, error.Message) : null,
        ChunkingStrategyObject.Of(file.Chunking),
        file.Attributes,
        file.Job.Label,
        file.Job.Id,
        file.Job.Stage.ToString().ToLowerInvariant(),
        Math.Round(file.Job.Progress, 3),
        file.Job.TimeLeft(now) is { } left ? Math.Round(left.TotalSeconds, 1) : null);
}
