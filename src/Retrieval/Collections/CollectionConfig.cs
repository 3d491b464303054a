namespace GenAI.Retrieval.Collections;

/// <summary>What is fixed when a collection is made.</summary>
/// <param name="Id">File-name safe id (letters, digits, '-' and '_').</param>
/// <param name="Dimensions">Length of every vector, or 0 for a collection searched by words alone.</param>
/// <param name="EmbeddingModel">Name of the model that made the vectors, empty when there is none.</param>
public sealed record CollectionConfig(string Id, int Dimensions, string EmbeddingModel);
