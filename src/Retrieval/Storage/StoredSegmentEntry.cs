namespace GenAI.Retrieval.Storage;

/// <summary>A segment in a commit point.</summary>
/// <param name="Deleted">One bit a document, empty when none is deleted.</param>
internal sealed record StoredSegmentEntry(string Name, byte[] Deleted);
