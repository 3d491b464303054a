namespace GenAI.Generation.Remote;

internal sealed record WireEmbedding(int Index, float[]? Embedding);
