namespace GenAI.Generation.Remote;

internal sealed record WireFunction(string? Name, string? Arguments);
