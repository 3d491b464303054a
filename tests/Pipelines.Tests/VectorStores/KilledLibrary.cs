using GenAI.Pipelines.Parsing;
using GenAI.Pipelines.VectorStores;
using GenAI.Retrieval.Engine;
using Microsoft.Extensions.Logging.Abstractions;

namespace GenAI.Pipelines.Tests.VectorStores;

/// <summary>What this test program does when it is started to be killed: it ingests, and never finishes reading a file named slow nor embedding one that says endless.</summary>
internal static class KilledLibrary
{
    public const string Argument = "--killed-library";

    private static readonly Lock s_output = new();

    public static async Task<int> RunAsync(string folder)
    {
        await using var collections = await FileCollectionStore.OpenAsync(Path.Combine(folder, "collections"), NullLoggerFactory.Instance);
        await using var library = new DocumentLibrary(
            new DocumentLibraryOptions(folder), collections, new HashingEmbedder { Before = EmbedAsync }, ReadAsync, TimeProvider.System, NullLoggerFactory.Instance);
        library.Runner.Finished += job => Say($"ended {job.Label}");
        await library.StartAsync(CancellationToken.None);
        await Task.Delay(Timeout.Infinite, CancellationToken.None);
        return 0;
    }

    private static async Task<ParsedDocument> ReadAsync(string path, string fileName, CancellationToken cancellationToken)
    {
        if (fileName.StartsWith("slow", StringComparison.Ordinal))
        {
            Say($"began {fileName}");
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        return new ParsedDocument(await File.ReadAllTextAsync(path, cancellationToken), [], [], []);
    }

    private static Task EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        if (!texts.Any(text => text.Contains("endless", StringComparison.Ordinal)))
        {
            return Task.CompletedTask;
        }

        Say("embeds endless");
        return Task.Delay(Timeout.Infinite, cancellationToken);
    }

    private static void Say(string line)
    {
        lock (s_output)
        {
            Console.Out.WriteLine(line);
            Console.Out.Flush();
        }
    }
}
