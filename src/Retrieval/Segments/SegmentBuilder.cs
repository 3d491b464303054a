using System.Text;
using GenAI.Retrieval.Collections;
using GenAI.Retrieval.Lexical;
using GenAI.Retrieval.Storage;

namespace GenAI.Retrieval.Segments;

/// <summary>Makes a segment out of new documents.</summary>
internal static class SegmentBuilder
{
    /// <summary>Writes the documents, each with its place in the order of commits, to <paramref name="file"/>.</summary>
    public static void Write(WritableFile file, int dimensions, IReadOnlyList<(long Sequence, CollectionDocument Document)> documents)
    {
        var writer = new SegmentWriter(file, dimensions);
        var index = new TermIndex();
        var content = new ByteWriter();
        var attributes = new ByteWriter();
        foreach (var (sequence, document) in documents)
        {
            content.Clear();
            attributes.Clear();
            DocumentCodec.WriteContent(content, document);
            DocumentCodec.WriteAttributes(attributes, document);
            var lengths = document.Chunks.Select(chunk => index.AddChunk(ChunkFields.Of(document, chunk))).ToArray();
            writer.AddDocument(Encoding.UTF8.GetBytes(document.Id), sequence, ContentBlock.Compress(content.Written), attributes.Written, lengths);
        }

        if (dimensions > 0)
        {
            var none = new float[dimensions];
            none.AsSpan().Fill(float.NaN);
            foreach (var chunk in documents.SelectMany(entry => entry.Document.Chunks))
            {
                writer.AddVector(chunk.Vector.IsEmpty ? none : chunk.Vector.Span);
            }
        }

        index.WriteTo(writer);
        writer.Finish();
    }

    /// <summary>Makes a segment that lives in memory until the next checkpoint.</summary>
    public static Segment InMemory(int dimensions, IReadOnlyList<(long Sequence, CollectionDocument Document)> documents)
    {
        using var file = new MemoryFile();
        Write(file, dimensions, documents);
        return Segment.Open(string.Empty, "memory", new ArrayBytes(file.ToArray()));
    }
}
