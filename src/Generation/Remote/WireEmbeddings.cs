namespace GenAI.Generation.Remote;

internal sealed record WireEmbeddings(List<WireEmbedding>? Data, string? Model, WireUsage? Usage);
