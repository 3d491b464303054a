using System.Net;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace GenAI.Generation.Remote;

/// <summary>An embedding model on another OpenAI-compatible server. Safe for concurrent use.</summary>
public sealed class RemoteEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly RemoteModelOptions _options;
    private readonly RemoteTransport _transport;
    private readonly EmbeddingGeneratorMetadata _metadata;

    /// <param name="http">Shared client; not disposed here.</param>
    /// <param name="options">Where the model is.</param>
    public RemoteEmbeddingGenerator(HttpClient http, RemoteModelOptions options)
    {
        _options = options;
        _transport = new RemoteTransport(http, options);
        _metadata = new EmbeddingGeneratorMetadata("openai-compatible", options.BaseUrl, options.Name);
    }

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values,
        EmbeddingGenerationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        var texts = values.ToList();
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new WireEmbeddingRequest(_options.RequestedModel, texts, "float", options?.Dimensions),
            WireJsonContext.Default.WireEmbeddingRequest);
        using var http = await _transport.PostAsync("embeddings", body, cancellationToken);
        var reply = await ReadAsync(http, cancellationToken);
        var vectors = reply?.Data?.OrderBy(item => item.Index).Select(item => item.Embedding).ToList();
        if (vectors is null || vectors.Count != texts.Count || vectors.Contains(null))
        {
            throw _transport.Failure(
                new WireError($"{vectors?.Count ?? 0} vectors came for {texts.Count} texts", null, null),
                HttpStatusCode.BadGateway);
        }

        return new GeneratedEmbeddings<Embedding<float>>(vectors.Select(vector => new Embedding<float>(vector!) { ModelId = _options.Name }))
        {
            Usage = reply!.Usage?.ToUsage(),
        };
    }

    private async Task<WireEmbeddings?> ReadAsync(HttpResponseMessage http, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = await http.Content.ReadAsStreamAsync(cancellationToken);
            return await JsonSerializer.DeserializeAsync(stream, WireJsonContext.Default.WireEmbeddings, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or JsonException)
        {
            throw new GenerationException(GenerationFailure.Upstream, $"The server of model '{_options.Name}' broke off its answer. Try again.", exception);
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    public void Dispose()
    {
        // The HTTP client belongs to the caller.
    }
}
