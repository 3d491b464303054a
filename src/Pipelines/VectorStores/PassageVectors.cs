using System.Text;
using GenAI.Pipelines.Ingestion;
using GenAI.Retrieval.Collections;

namespace GenAI.Pipelines.VectorStores;

/// <summary>What collections and their documents say of vectors and of the model that made them.</summary>
internal static class PassageVectors
{
    /// <summary>Whether a collection's vectors are this model's: those of two models cannot be compared.</summary>
    public static bool IsOf(this CollectionConfig collection, EmbeddingModel model) =>
        collection.EmbeddingModel == model.Name && collection.Dimensions == model.Dimensions;

    /// <summary>The model that embeds for a collection; null when it is searched by words alone, or its model is not the one that is loaded.</summary>
    public static async ValueTask<EmbeddingModel?> ModelOfAsync(
        this CollectionConfig collection, IEmbeddingModelSource models, CancellationToken cancellationToken) =>
        collection.Dimensions > 0 && await models.GetAsync(cancellationToken) is { } model && collection.IsOf(model) ? model : null;

    /// <summary>The document as it stands now with vectors made of it a while ago; null when its passages are others by now.</summary>
    public static CollectionDocument? WithVectorsOf(this CollectionDocument document, CollectionDocument embedded)
    {
        var isSame = document.ContentHash == embedded.ContentHash && document.Chunks.Count == embedded.Chunks.Count
            && document.Chunks.Zip(embedded.Chunks).All(pair => pair.First.Start == pair.Second.Start && pair.First.End == pair.Second.End);
        return isSame ? document with { Chunks = embedded.Chunks } : null;
    }

    public static CollectionDocument WithoutVectors(this CollectionDocument document) =>
        document with { Chunks = [.. document.Chunks.Select(chunk => chunk with { Vector = default })] };

    /// <summary>Text and vectors.</summary>
    public static long UsageBytes(this CollectionDocument document) =>
        Encoding.UTF8.GetByteCount(document.Text) + document.Chunks.Sum(chunk => (long)chunk.Vector.Length * sizeof(float));
}
