namespace GenAI.Generation.Remote;

internal sealed record WireToolCall(int? Index, string? Id, WireFunction? Function);
