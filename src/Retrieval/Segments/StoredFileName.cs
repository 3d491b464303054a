using GenAI.Retrieval.Storage;

namespace GenAI.Retrieval.Segments;

/// <summary>Reads the file name, which a document's content begins with, and leaves the rest compressed.</summary>
internal static class StoredFileName
{
    /// <summary>Most names and their length fit.</summary>
    private const int FirstBytes = 256;

    public static string Read(ReadOnlySpan<byte> block)
    {
        var start = ContentBlock.DecompressStart(block, FirstBytes);
        var needed = ByteReader.TextBytes(start);
        return new ByteReader(needed <= start.Length ? start : ContentBlock.DecompressStart(block, needed)).Text();
    }
}
