namespace GenAI.Generation.Remote;

internal sealed record WirePromptDetails(long? CachedTokens);
