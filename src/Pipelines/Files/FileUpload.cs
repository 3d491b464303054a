namespace GenAI.Pipelines.Files;

/// <summary>What the caller says of the bytes it sends.</summary>
/// <param name="FileName">Name shown to people; it never becomes a path.</param>
/// <param name="ExpiresAfter">Life of the file from now on, or null for one that stays.</param>
public sealed record FileUpload(string FileName, string Purpose, TimeSpan? ExpiresAfter = null);
