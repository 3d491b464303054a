namespace GenAI.Generation.Remote;

internal sealed record WireEmbeddingRequest(string Model, IReadOnlyList<string> Input, string EncodingFormat, int? Dimensions);
