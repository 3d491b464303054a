using GenAI.Pipelines.Ingestion;

namespace GenAI.Pipelines.Tests.VectorStores;

internal sealed class NoModel : IEmbeddingModelSource
{
    public ValueTask<EmbeddingModel?> GetAsync(CancellationToken cancellationToken) => ValueTask.FromResult<EmbeddingModel?>(null);
}
