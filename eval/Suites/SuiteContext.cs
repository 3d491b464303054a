using GenAI.Eval.Client;
using Spectre.Console;

namespace GenAI.Eval.Suites;

/// <summary>What a suite works with.</summary>
internal sealed record SuiteContext(EvalSettings Settings, ApiClient Client, IAnsiConsole Console, TimeProvider Time)
{
    /// <exception cref="EvalException">No data folder was named, or it is not there.</exception>
    public DirectoryInfo RequireData() =>
        Settings.Data is { Exists: true } folder
            ? folder
            : throw new EvalException(Settings.Data is null
                ? $"The suite '{Settings.Suite}' needs --data FOLDER."
                : $"{Settings.Data.FullName} is not there.");

    /// <summary>Loads documents with a line in the terminal for how long it took and what failed.</summary>
    public async Task<Library> LoadAsync(string name, IReadOnlyList<LibraryDocument> documents, CancellationToken cancellationToken)
    {
        var library = await Library.LoadAsync(Client, name, documents, progress: null, cancellationToken);
        Console.MarkupLineInterpolated($"[grey]{name}: {documents.Count} documents in {library.LoadTime.TotalSeconds:0.0} s[/]");
        foreach (var failure in library.Failures)
        {
            Console.MarkupLineInterpolated($"[yellow]{failure}[/]");
        }

        return library;
    }
}
