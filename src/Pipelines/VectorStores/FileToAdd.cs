using GenAI.Pipelines.Ingestion;
using GenAI.Retrieval.Filters;

namespace GenAI.Pipelines.VectorStores;

/// <summary>A file to put into a vector store.</summary>
/// <param name="Source">Path within a synchronised folder, or null.</param>
public sealed record FileToAdd(
    string FileId,
    IReadOnlyDictionary<string, AttributeValue> Attributes,
    ChunkSizes? Chunking = null,
    string? Source = null);
