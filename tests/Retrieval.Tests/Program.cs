using GenAI.Retrieval.Tests.Durability;
using Xunit.Runner.InProc.SystemConsole;

namespace GenAI.Retrieval.Tests;

/// <summary>Runs the tests, or, started again by one of them, the process that is going to be killed.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) =>
        args is [KilledWriter.Argument, var folder, var seed] ? KilledWriter.RunAsync(folder, seed) : ConsoleRunner.Run(args);
}
