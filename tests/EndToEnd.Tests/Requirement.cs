namespace GenAI.EndToEnd.Tests;

/// <summary>What a test needs beside the .NET SDK and Node.js: missing on a newcomer's machine it is said, missing in CI it is a failure.</summary>
internal static class Requirement
{
    public static void Met(bool isMet, string otherwise)
    {
        if (Environment.GetEnvironmentVariable("CI") is { Length: > 0 })
        {
            isMet.ShouldBeTrue(otherwise);
        }

        Assert.SkipUnless(isMet, otherwise);
    }
}
