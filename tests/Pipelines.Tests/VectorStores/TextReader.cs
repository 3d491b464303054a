using GenAI.Pipelines.Parsing;

namespace GenAI.Pipelines.Tests.VectorStores;

/// <summary>Reads any file as text, and lets a test say which names fail or wait.</summary>
internal sealed class TextReader
{
    /// <summary>Called with the file's name before it is read.</summary>
    public Func<string, CancellationToken, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    public async Task<ParsedDocument> ReadAsync(string path, string fileName, CancellationToken cancellationToken)
    {
        await Before(fileName, cancellationToken);
        return new ParsedDocument(await File.ReadAllTextAsync(path, cancellationToken), [], [], []);
    }
}
