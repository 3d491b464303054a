namespace GenAI.Gateway.VectorStores;

internal sealed record LastErrorObject(string Code, string Message);
