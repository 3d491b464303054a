using System.CommandLine;

namespace GenAI.Gateway.Cli;

/// <summary>The commands of the program; without one it serves.</summary>
internal static class CommandLine
{
    public static Task<int> RunAsync(string[] args) => Build().Parse(args).InvokeAsync();

    private static RootCommand Build()
    {
        var serve = ServeCommand.Create("serve", "Start the server (the default).");
        var root = new RootCommand("GenAI: ask your documents, with a local model, over an OpenAI-compatible API.") { serve, ModelsCommand.Create() };
        ServeCommand.Attach(root);
        return root;
    }
}
