namespace GenAI.Pipelines.Storage;

/// <summary>One page of a list.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, bool HasMore);
