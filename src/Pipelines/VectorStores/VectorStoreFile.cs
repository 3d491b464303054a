using GenAI.Pipelines.Ingestion;
using GenAI.Pipelines.Jobs;
using GenAI.Retrieval.Filters;

namespace GenAI.Pipelines.VectorStores;

/// <summary>A file within a vector store.</summary>
/// <param name="Job">The job that brings it in; its state is the file's status.</param>
/// <param name="Chunking">Sizes the caller asked for, or null for the server's choice.</param>
/// <param name="UsageBytes">Text and vectors, 0 until it is in.</param>
/// <param name="Source">Path within a synchronised folder, or null for an upload.</param>
public sealed record VectorStoreFile(
    string StoreId,
    string FileId,
    Job Job,
    IReadOnlyDictionary<string, AttributeValue> Attributes,
    ChunkSizes? Chunking,
    long UsageBytes,
    string? Source,
    DateTimeOffset CreatedAt);
