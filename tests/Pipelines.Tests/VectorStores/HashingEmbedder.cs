using GenAI.Pipelines.Chunking;
using GenAI.Pipelines.Ingestion;
using Microsoft.Extensions.AI;

namespace GenAI.Pipelines.Tests.VectorStores;

/// <summary>A deterministic embedder: every word adds to one of a few places. A test says what waits or fails.</summary>
internal sealed class HashingEmbedder : IEmbeddingGenerator<string, Embedding<float>>, IEmbeddingModelSource
{
    public int Dimensions { get; init; } = 64;

    /// <summary>Two embedders of one name and other seeds are two models.</summary>
    public uint Seed { get; init; } = 17;

    /// <summary>Called with the texts before they are embedded.</summary>
    public Func<IReadOnlyList<string>, CancellationToken, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    public int MaxTokens { get; init; } = 512;

    public string Name { get; init; } = "hashing";

    public List<string> Texts { get; } = [];

    public ValueTask<EmbeddingModel?> GetAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<EmbeddingModel?>(new EmbeddingModel(Name, Dimensions, MaxTokens, new WordTokenizer(), this) { QueryPrefix = "query: " });

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var texts = values.ToList();
        await Before(texts, cancellationToken);
        lock (Texts)
        {
            Texts.AddRange(texts);
        }

        return [.. texts.Select(text => new Embedding<float>(Embed(text)))];
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private float[] Embed(string text)
    {
        var vector = new float[Dimensions];
        foreach (var word in text.ToLowerInvariant().Split([' ', '.', ',', '?', '\n', '#', ':'], StringSplitOptions.RemoveEmptyEntries))
        {
            vector[word.Aggregate(Seed, (hash, letter) => (hash * 31) + letter) % (uint)Dimensions] += 1;
        }

        return vector;
    }
}
