using Microsoft.Extensions.AI;

namespace GenAI.Gateway.Tests.Embeddings;

/// <summary>Gives the text's length and its place among the texts as the vector.</summary>
internal sealed class FakeEmbedder : IEmbeddingGenerator<string, Embedding<float>>
{
    public EmbeddingGenerationOptions? Options { get; private set; }

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        Options = options;
        var embeddings = values.Select((text, index) => new Embedding<float>(new[] { text.Length + 0.5f, index }));
        return Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(embeddings) { Usage = new UsageDetails { InputTokenCount = 5 } });
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
