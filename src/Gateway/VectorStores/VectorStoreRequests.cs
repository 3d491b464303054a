using System.Text.Json;
using GenAI.Gateway.Errors;
using GenAI.Gateway.Json;
using GenAI.Pipelines.Ingestion;
using GenAI.Pipelines.VectorStores;
using GenAI.Retrieval.Filters;

namespace GenAI.Gateway.VectorStores;

/// <summary>Reads the parts that requests about vector stores share. Null means absent, what is unknown is passed over.</summary>
internal static class VectorStoreRequests
{
    private const int MaxNameCharacters = 512;
    private const int MaxDays = 365;
    private const int MinChunkTokens = 100;
    private const int MaxChunkTokens = 4096;
    private const int DefaultChunkTokens = 800;
    private const int DefaultOverlapTokens = 400;

    public static async Task<T> ReadAsync<T>(HttpRequest request, Func<JsonFields, T> read, CancellationToken cancellationToken)
    {
        using var document = await JsonBody.ReadObjectAsync(request, cancellationToken);
        return read(new JsonFields(document.RootElement, ""));
    }

    public static VectorStoreChanges Changes(JsonFields fields)
    {
        var expiry = fields.Object("expires_after");
        return new VectorStoreChanges(fields.Text("name", MaxNameCharacters), Metadata(fields), expiry is not null, expiry is { } after ? Days(after) : null);
    }

    public static FileToAdd File(JsonFields fields) => new(fields.RequiredText("file_id"), Attributes(fields), Chunking(fields));

    /// <summary>Reads <c>file_ids</c> or <c>files</c>; attributes and chunking beside them hold for files that bring none.</summary>
    public static IReadOnlyList<FileToAdd> Files(JsonFields fields)
    {
        var attributes = Attributes(fields);
        var chunking = Chunking(fields);
        var ids = fields.Texts("file_ids", FileBatchService.MaxFiles);
        var files = fields.Objects("files", FileBatchService.MaxFiles);
        return (ids.Count, files.Count) switch
        {
            ( > 0, > 0) => throw fields.Invalid("files", "cannot be given together with 'file_ids'"),
            (_, > 0) => [.. files.Select(File).Select(file => file with
            {
                Attributes = file.Attributes.Count > 0 ? file.Attributes : attributes,
                Chunking = file.Chunking ?? chunking,
            })],
            _ => [.. ids.Select(id => new FileToAdd(id, attributes, chunking))],
        };
    }

    public static IReadOnlyDictionary<string, AttributeValue> Attributes(JsonFields fields) =>
        fields.TryGet("attributes", out var attributes) ? AttributesJson.Read(attributes) : AttributesJson.None;

    private static Dictionary<string, string>? Metadata(JsonFields fields) => fields.Object("metadata") is { } metadata
        ? metadata.Element.EnumerateObject()
            .Where(pair => pair.Value.ValueKind != JsonValueKind.Null)
            .ToDictionary(pair => pair.Name, pair => JsonFields.AsText(pair.Value, metadata.PathOf(pair.Name)), StringComparer.Ordinal)
        : null;

    private static int Days(JsonFields after)
    {
        if (after.Text("anchor") is { } anchor && anchor != ExpiresAfterObject.LastActiveAt)
        {
            throw after.Invalid("anchor", $"must be '{ExpiresAfterObject.LastActiveAt}'");
        }

        return (int)(after.Integer("days", 1, MaxDays) ?? throw new ApiException(ApiErrors.Missing(after.PathOf("days"))));
    }

    private static ChunkSizes? Chunking(JsonFields fields)
    {
        if (fields.Object("chunking_strategy") is not { } strategy || strategy.RequiredText("type") is "auto")
        {
            return null;
        }

        if (strategy.Text("type") != "static")
        {
            throw strategy.Invalid("type", "must be 'auto' or 'static'");
        }

        var sizes = strategy.Object("static") ?? throw new ApiException(ApiErrors.Missing(strategy.PathOf("static")));
        var most = (int)(sizes.Integer("max_chunk_size_tokens", MinChunkTokens, MaxChunkTokens) ?? DefaultChunkTokens);
        var overlap = (int)(sizes.Integer("chunk_overlap_tokens", 0, MaxChunkTokens) ?? Math.Min(DefaultOverlapTokens, most / 2));
        return overlap <= most / 2
            ? new ChunkSizes(most, overlap)
            : throw sizes.Invalid("chunk_overlap_tokens", $"must not exceed half of max_chunk_size_tokens ({most / 2})");
    }
}
