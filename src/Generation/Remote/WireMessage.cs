namespace GenAI.Generation.Remote;

internal sealed record WireMessage(string? Role, string? Content, string? ReasoningContent, string? Refusal, List<WireToolCall>? ToolCalls);
