using GenAI.Pipelines.Chunking;
using GenAI.Pipelines.Ingestion;
using Microsoft.Extensions.AI;

namespace GenAI.Pipelines.Tests.VectorStores;

/// <summary>A deterministic embedder: every word adds to one of 64 places.</summary>
internal sealed class HashingEmbedder : IEmbeddingGenerator<string, Embedding<float>>, IEmbeddingModelSource
{
    private const int Dimensions = 64;

    public int MaxTokens { get; init; } = 512;

    public string Name { get; init; } = "hashing";

    public List<string> Texts { get; } = [];

    public ValueTask<EmbeddingModel?> GetAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<EmbeddingModel?>(new EmbeddingModel(Name, Dimensions, MaxTokens, new WordTokenizer(), this) { QueryPrefix = "query: " });

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var texts = values.ToList();
        lock (Texts)
        {
            Texts.AddRange(texts);
        }

        return Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(texts.Select(text => new Embedding<float>(Embed(text)))));
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private static float[] Embed(string text)
    {
        var vector = new float[Dimensions];
        foreach (var word in text.ToLowerInvariant().Split([' ', '.', ',', '?', '\n', '#', ':'], StringSplitOptions.RemoveEmptyEntries))
        {
            vector[word.Aggregate(17u, (hash, letter) => (hash * 31) + letter) % Dimensions] += 1;
        }

        return vector;
    }
}
