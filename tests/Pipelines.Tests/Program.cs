using GenAI.Pipelines.Tests.VectorStores;
using Xunit.Runner.InProc.SystemConsole;

namespace GenAI.Pipelines.Tests;

/// <summary>Runs the tests, or, started again by one of them, the process that is going to be killed.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) =>
        args is [KilledLibrary.Argument, var folder] ? KilledLibrary.RunAsync(folder) : ConsoleRunner.Run(args);
}
