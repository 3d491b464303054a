namespace GenAI.Pipelines.Files;

/// <summary>An uploaded file.</summary>
/// <param name="Id">Starts with <c>file-</c>.</param>
/// <param name="FileName">Name given by the caller, without a folder unless it came from a synchronised folder.</param>
/// <param name="Bytes">Size.</param>
/// <param name="ContentHash">SHA-256 in lower-case hex.</param>
/// <param name="Purpose">What the caller wants it for, such as <c>assistants</c>.</param>
/// <param name="ExpiresAt">When it goes by itself, if ever.</param>
public sealed record StoredFile(
    string Id,
    string FileName,
    long Bytes,
    string ContentHash,
    string Purpose,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt);
