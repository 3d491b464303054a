namespace GenAI.Gateway.VectorStores;

internal sealed record ChunkSizesObject(int MaxChunkSizeTokens, int ChunkOverlapTokens);
