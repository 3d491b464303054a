namespace GenAI.Pipelines.Parsing;

/// <summary>What one file may cost; over any of these it is reported, and the next file is read.</summary>
public sealed record ParseLimits
{
    public static ParseLimits Default { get; } = new();

    /// <summary>Size of the file on disk.</summary>
    public long MaxFileBytes { get; init; } = 512L << 20;

    /// <summary>Length of the text read out of it, in UTF-16 units.</summary>
    public int MaxTextCharacters { get; init; } = 64 << 20;

    /// <summary>Resident memory of the process that reads the file.</summary>
    public long MaxMemoryBytes { get; init; } = 1L << 30;

    /// <summary>Wall-clock time for the file.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Pages of a paged document.</summary>
    public int MaxPages { get; init; } = 20_000;
}
