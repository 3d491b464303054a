using System.CommandLine;
using GenAI.Pipelines.Parsing.Worker;
using Spectre.Console;

namespace GenAI.Gateway.Cli;

/// <summary>The commands of the program; without one it serves.</summary>
internal static class CommandLine
{
    // The host answers signals itself: it lets running answers end, which takes longer than this library would wait.
    private static readonly InvocationConfiguration s_configuration = new() { ProcessTerminationTimeout = null };

    // Wide enough that no line of ours is broken where a file or another program reads it.
    private const int RedirectedWidth = 400;

    public static Task<int> RunAsync(string[] args)
    {
        if (System.Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = RedirectedWidth;
            AnsiConsole.Profile.Capabilities.Ansi = false;
        }

        return Build().Parse(args).InvokeAsync(s_configuration);
    }

    private static RootCommand Build()
    {
        var serve = ServeCommand.Create("serve", "Start the server (the default).");
        var root = new RootCommand("GenAI: ask your documents, with a local model, over an OpenAI-compatible API.")
        {
            serve, ModelsCommand.Create(), AuditCommand.Create(), ParserWorkerOfThisProgram(),
        };
        ServeCommand.Attach(root);
        return root;
    }

    // Only a program that carries its own runtime starts itself to read files; see ParserWorkerCommand.
    private static Command ParserWorkerOfThisProgram()
    {
        var command = new Command(ParserWorkerCommand.Name) { Hidden = true };
        command.SetAction(async (_, cancellationToken) =>
        {
            await using var requests = System.Console.OpenStandardInput();
            await using var responses = System.Console.OpenStandardOutput();

            // Whatever a library prints must not fall into the middle of a response.
            System.Console.SetOut(System.Console.Error);
            await ParserWorker.RunAsync(requests, responses, cancellationToken);
            return 0;
        });
        return command;
    }
}
