using GenAI.Gateway.Models;
using GenAI.Generation;
using GenAI.Generation.Llama;
using GenAI.Pipelines.Chunking;
using GenAI.Pipelines.Ingestion;

namespace GenAI.Gateway.Documents;

/// <summary>Gives ingestion and search the embedding model of this server: the first that loads. Safe for concurrent use.</summary>
internal sealed class RegistryEmbeddingModels(ModelRegistry registry) : IEmbeddingModelSource
{
    private const int UnknownContext = 512;

    public async ValueTask<EmbeddingModel?> GetAsync(CancellationToken cancellationToken)
    {
        await registry.WhenAnnouncedAsync(cancellationToken);
        foreach (var entry in registry.List().Where(entry => entry.Info is { Kind: ModelKind.Embedding, AliasOf: null }))
        {
            await entry.Loaded.WaitAsync(cancellationToken);
            if (entry.Embedder is { } generator && entry.Info.Dimensions is { } dimensions)
            {
                var tokenizer = generator.GetService(typeof(ITextTokenizer)) as ITextTokenizer ?? new WordTokenizer();
                return new EmbeddingModel(entry.Info.Id, dimensions, entry.Info.ContextTokens ?? UnknownContext, tokenizer, generator)
                {
                    QueryPrefix = LlamaEmbeddingOptions.KnownQueryPrefix(entry.Info.Id),
                };
            }
        }

        return null;
    }
}
