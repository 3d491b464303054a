using System.Globalization;

namespace GenAI.Pipelines.Files;

/// <summary>An upload is over the size limit; nothing of it was kept.</summary>
public sealed class FileTooLargeException(long maxBytes) : Exception(string.Create(
    CultureInfo.InvariantCulture,
    $"The file is larger than the {maxBytes / (1024 * 1024)} MiB that one upload may have. Split it into smaller files."))
{
    public long MaxBytes { get; } = maxBytes;
}
