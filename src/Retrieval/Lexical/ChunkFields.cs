using GenAI.Retrieval.Collections;

namespace GenAI.Retrieval.Lexical;

/// <summary>The texts by which a chunk is found: the words of the file's name, what stands above the passage, the passage.</summary>
internal static class ChunkFields
{
    public static IEnumerable<string> Of(CollectionDocument document, Chunk chunk)
    {
        yield return Path.GetFileNameWithoutExtension(document.FileName);
        foreach (var heading in chunk.Headings)
        {
            yield return heading;
        }

        if (TableHeader(chunk) is { Length: > 0 } header)
        {
            yield return header;
        }

        yield return chunk.Text;
    }

    /// <summary>A table's header row above a passage that begins inside of the table: the context's last lines, below the headings.</summary>
    private static string TableHeader(Chunk chunk)
    {
        var context = chunk.Context ?? string.Empty;
        var line = context.IndexOf('\n', StringComparison.Ordinal);
        var first = line < 0 ? context : context[..line];
        var isHeadings = chunk.Headings.Any(heading => first.Contains(heading, StringComparison.Ordinal));
        return isHeadings ? (line < 0 ? string.Empty : context[(line + 1)..]) : context;
    }
}
