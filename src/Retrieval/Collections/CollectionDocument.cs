using GenAI.Retrieval.Filters;

namespace GenAI.Retrieval.Collections;

/// <summary>A document as a collection stores it: text, chunks, attributes and access labels, committed together.</summary>
/// <param name="Id">Caller's id (a file id at the gateway); committing the same id replaces the document.</param>
/// <param name="FileName">Name shown in citations.</param>
/// <param name="ContentHash">SHA-256 of the source bytes in lower-case hex, for incremental ingestion.</param>
/// <param name="Text">The whole parsed text that offsets point into.</param>
/// <param name="Attributes">Filterable metadata.</param>
/// <param name="Labels">Access labels; a document without labels is visible to everyone in its tenant.</param>
/// <param name="Chunks">Passages in document order.</param>
public sealed record CollectionDocument(
    string Id,
    string FileName,
    string ContentHash,
    string Text,
    IReadOnlyDictionary<string, AttributeValue> Attributes,
    IReadOnlyList<string> Labels,
    IReadOnlyList<Chunk> Chunks)
{
    /// <summary>False while a passage could be found by words alone: all passages of a document have their vectors, or none has.</summary>
    public bool HasVectors => Chunks.Count == 0 || !Chunks[0].Vector.IsEmpty;
}
