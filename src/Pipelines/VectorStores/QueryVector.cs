using GenAI.Retrieval.Collections;

namespace GenAI.Pipelines.VectorStores;

/// <summary>A question's vector, and the model whose collections it can be compared in.</summary>
internal sealed record QueryVector(string Model, ReadOnlyMemory<float> Vector)
{
    public static QueryVector None { get; } = new("", default);

    /// <summary>Empty for a collection of another model, which is then searched by words alone.</summary>
    public ReadOnlyMemory<float> For(CollectionConfig collection) =>
        collection.EmbeddingModel == Model && collection.Dimensions == Vector.Length ? Vector : default;
}
