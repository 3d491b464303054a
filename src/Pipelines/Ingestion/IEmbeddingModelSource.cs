namespace GenAI.Pipelines.Ingestion;

/// <summary>Hands out the embedding model, which may still be loading.</summary>
public interface IEmbeddingModelSource
{
    /// <summary>Waits until it is known which model there is; null when there is none and search goes by words alone.</summary>
    ValueTask<EmbeddingModel?> GetAsync(CancellationToken cancellationToken);
}
