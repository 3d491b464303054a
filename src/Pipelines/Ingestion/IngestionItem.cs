using GenAI.Retrieval.Filters;

namespace GenAI.Pipelines.Ingestion;

/// <summary>One file on its way into a collection.</summary>
/// <param name="DocumentId">Id of the document it becomes.</param>
/// <param name="FileName">Name in citations.</param>
/// <param name="Path">Where the bytes lie.</param>
/// <param name="ContentHash">SHA-256 of the bytes in lower-case hex.</param>
/// <param name="Attributes">Filterable metadata.</param>
/// <param name="Chunking">Sizes the caller asked for, or null for those that suit the model.</param>
public sealed record IngestionItem(
    string DocumentId,
    string FileName,
    string Path,
    string ContentHash,
    IReadOnlyDictionary<string, AttributeValue> Attributes,
    ChunkSizes? Chunking);
