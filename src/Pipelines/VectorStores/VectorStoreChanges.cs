namespace GenAI.Pipelines.VectorStores;

/// <summary>What a new or changed vector store shall be; null leaves a field as it is.</summary>
/// <param name="SetsExpiry">True to take <paramref name="ExpiresAfterDays"/> even when it is null, which means never.</param>
public sealed record VectorStoreChanges(
    string? Name,
    IReadOnlyDictionary<string, string>? Metadata,
    bool SetsExpiry = false,
    int? ExpiresAfterDays = null);
