namespace GenAI.Retrieval.Storage;

/// <summary>Where a chunk lies in its document's text.</summary>
internal readonly record struct ChunkPlace(int Start, int End, int? Page, IReadOnlyList<string> Headings, string? Context);
