using System.Text;

namespace GenAI.Pipelines.Ingestion;

/// <summary>The text a passage is embedded as: where it stands, then what it says.</summary>
internal static class PassageText
{
    public static string Of(string fileName, ChunkDraft draft)
    {
        var text = new StringBuilder(draft.Chunk.Text.Length + 128);
        text.Append(Title(fileName));
        foreach (var heading in draft.Chunk.Headings)
        {
            text.Append(" > ").Append(heading);
        }

        text.Append('\n');
        if (draft.Context.Length > 0)
        {
            text.Append(draft.Context).Append('\n');
        }

        return text.Append(draft.Chunk.Text).ToString();
    }

    /// <summary>The words of a file name: without folder, extension and the marks that join words.</summary>
    private static string Title(string fileName) =>
        Path.GetFileNameWithoutExtension(fileName).Replace('_', ' ').Replace('-', ' ');
}
