using GenAI.Retrieval.Collections;

namespace GenAI.Pipelines.Ingestion;

/// <summary>The text a passage is embedded as: the file it stands in, what stands above it, then what it says.</summary>
internal static class PassageText
{
    private const string Separator = " > ";

    public static string Of(string fileName, Chunk chunk)
    {
        var context = chunk.Context ?? Headings(chunk);
        return context.Length == 0 ? $"{Title(fileName)}\n{chunk.Text}" : $"{Title(fileName)}\n{context}\n{chunk.Text}";
    }

    /// <summary>The words of a file name: without folder, extension and the marks that join words.</summary>
    private static string Title(string fileName) =>
        Path.GetFileNameWithoutExtension(fileName).Replace('_', ' ').Replace('-', ' ');

    /// <summary>Where the context was not kept: the headings, without those that the passage begins with itself.</summary>
    private static string Headings(Chunk chunk)
    {
        var above = chunk.Headings.Count;
        while (above > 0 && chunk.Text.Contains(chunk.Headings[above - 1], StringComparison.Ordinal))
        {
            above--;
        }

        return string.Join(Separator, chunk.Headings.Take(above));
    }
}
