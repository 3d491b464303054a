namespace GenAI.Retrieval.Storage;

/// <summary>The shown part of a stored document.</summary>
internal sealed record DocumentContent(string FileName, string ContentHash, string Text, ChunkPlace[] Places);
