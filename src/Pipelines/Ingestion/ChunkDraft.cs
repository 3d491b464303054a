using GenAI.Retrieval.Collections;

namespace GenAI.Pipelines.Ingestion;

/// <summary>A chunk without its vector yet.</summary>
/// <param name="Context">What the passage needs to be understood and does not hold itself, such as the header of a table that was split.</param>
internal sealed record ChunkDraft(Chunk Chunk, string Context);
