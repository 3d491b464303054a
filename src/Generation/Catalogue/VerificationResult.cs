namespace GenAI.Generation.Catalogue;

/// <summary>The hash a file has and the one recorded for it (null when none was).</summary>
public sealed record VerificationResult(string FileName, string ActualSha256, string? ExpectedSha256)
{
    public bool IsKnown => ExpectedSha256 is not null;

    public bool IsIntact => string.Equals(ActualSha256, ExpectedSha256, StringComparison.OrdinalIgnoreCase);
}
