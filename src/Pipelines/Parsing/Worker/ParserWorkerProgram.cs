using System.Diagnostics;

namespace GenAI.Pipelines.Parsing.Worker;

/// <summary>The entry point of this library when it runs as a parser process; see <see cref="ParserWorkerCommand"/>.</summary>
internal static class ParserWorkerProgram
{
    private const int UsageError = 64;

    private static async Task<int> Main(string[] arguments)
    {
        if (arguments is not [ParserWorkerCommand.Name])
        {
            await Console.Error.WriteLineAsync("This program reads documents for the server that starts it; start the server instead.");
            return UsageError;
        }

        GiveWay();
        await using var requests = Console.OpenStandardInput();
        await using var responses = Console.OpenStandardOutput();

        // Whatever a library prints must not fall into the middle of a response.
        Console.SetOut(Console.Error);
        await ParserWorker.RunAsync(requests, responses, CancellationToken.None);
        return 0;
    }

    /// <summary>Reading can wait, a question cannot. Threads and programs that are started later inherit it.</summary>
    private static void GiveWay()
    {
        using var self = Process.GetCurrentProcess();
        if (self.PriorityClass == ProcessPriorityClass.Normal)
        {
            self.PriorityClass = ProcessPriorityClass.BelowNormal;
        }
    }
}
