namespace GenAI.Generation.Remote;

/// <summary>A chat completion or one of its chunks, as far as it is read; every field may be missing or null.</summary>
internal sealed record WireChat(string? Id, string? Model, long? Created, List<WireChoice>? Choices, WireUsage? Usage, WireError? Error);
