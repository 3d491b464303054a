namespace GenAI.EndToEnd.Tests.Gateway;

/// <summary>Where the program under test is: built beside the tests, in their configuration.</summary>
internal static class GatewayProgram
{
    // The test's own output folder is artifacts/bin/EndToEnd.Tests/CONFIGURATION; the program's is beside it.
    public static string Path { get; } = Find();

    private static string Find()
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(System.IO.Path.DirectorySeparatorChar));
        return System.IO.Path.Combine(own.Parent!.Parent!.FullName, "Gateway", own.Name, "GenAI.Gateway.dll");
    }
}
