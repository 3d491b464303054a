using GenAI.Pipelines.Chunking;

namespace GenAI.Pipelines.Ingestion;

/// <summary>The text a passage is embedded as: the file it stands in, the headings above it, then what it says.</summary>
internal static class PassageText
{
    public static string Of(string fileName, DocumentChunk chunk) => $"{Title(fileName)}\n{chunk.SearchText}";

    /// <summary>The words of a file name: without folder, extension and the marks that join words.</summary>
    private static string Title(string fileName) =>
        Path.GetFileNameWithoutExtension(fileName).Replace('_', ' ').Replace('-', ' ');
}
