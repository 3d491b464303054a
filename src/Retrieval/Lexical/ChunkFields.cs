using GenAI.Retrieval.Collections;

namespace GenAI.Retrieval.Lexical;

/// <summary>The texts by which a chunk is found: the words of the file's name, the headings above it, the passage.</summary>
internal static class ChunkFields
{
    public static IEnumerable<string> Of(CollectionDocument document, Chunk chunk)
    {
        yield return Path.GetFileNameWithoutExtension(document.FileName);
        foreach (var heading in chunk.Headings)
        {
            yield return heading;
        }

        yield return chunk.Text;
    }
}
