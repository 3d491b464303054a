using System.Runtime.InteropServices;

namespace GenAI.Pipelines.Parsing.Worker;

/// <summary>How a parser process is started.</summary>
/// <param name="FileName">The program.</param>
/// <param name="Arguments">Its arguments, the hidden command included.</param>
public sealed record ParserWorkerCommand(string FileName, IReadOnlyList<string> Arguments)
{
    /// <summary>The hidden first argument that turns a host program into a parser process.</summary>
    public const string Name = "parser-worker";

    /// <summary>
    /// This library is itself a program, so that any host (server, test, tool) has the same parser process: it is run
    /// by the runtime that runs the host. Where that runtime is packed into the host (single file, self-contained) the
    /// host itself is started with the hidden argument and must call <see cref="ParserWorker.RunAsync"/>.
    /// </summary>
    public static ParserWorkerCommand ForThisHost()
    {
        // <root>/shared/Microsoft.NETCore.App/<version>/ is where a shared runtime stands.
        var runtime = new DirectoryInfo(RuntimeEnvironment.GetRuntimeDirectory());
        var root = runtime.Parent?.Parent?.Parent?.FullName;
        var dotnet = root is null ? null : Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        var library = Path.Combine(AppContext.BaseDirectory, "GenAI.Pipelines.dll");
        return File.Exists(dotnet) && File.Exists(library) && File.Exists(Path.ChangeExtension(library, ".runtimeconfig.json"))
            ? new ParserWorkerCommand(dotnet, [library, Name])
            : new ParserWorkerCommand(Environment.ProcessPath ?? throw new InvalidOperationException("The path of this program is unknown."), [Name]);
    }
}
