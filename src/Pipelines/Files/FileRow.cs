namespace GenAI.Pipelines.Files;

/// <summary>A row of the table <c>files</c>.</summary>
internal sealed class FileRow
{
    public string Id { get; init; } = "";

    public string Filename { get; init; } = "";

    public long Bytes { get; init; }

    public string ContentHash { get; init; } = "";

    public string Purpose { get; init; } = "";

    public long CreatedAt { get; init; }

    public long? ExpiresAt { get; init; }

    public StoredFile ToFile() => new(
        Id,
        Filename,
        Bytes,
        ContentHash,
        Purpose,
        DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        ExpiresAt is { } expires ? DateTimeOffset.FromUnixTimeMilliseconds(expires) : null);
}
