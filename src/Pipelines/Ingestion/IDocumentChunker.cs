using GenAI.Pipelines.Parsing;

namespace GenAI.Pipelines.Ingestion;

/// <summary>Cuts a parsed document into passages that fit the embedding model. Safe for concurrent use.</summary>
internal interface IDocumentChunker
{
    IReadOnlyList<ChunkDraft> Chunk(ParsedDocument document, EmbeddingModel? model, ChunkSizes? sizes);
}
