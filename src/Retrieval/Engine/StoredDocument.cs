using GenAI.Retrieval.Collections;
using GenAI.Retrieval.Segments;
using GenAI.Retrieval.Storage;

namespace GenAI.Retrieval.Engine;

/// <summary>Reads a document back from its segment.</summary>
internal static class StoredDocument
{
    public static CollectionDocument Read(Segment segment, int document)
    {
        var contentReader = new ByteReader(ContentBlock.Decompress(segment.Content(document)));
        var content = DocumentCodec.ReadContent(ref contentReader);
        if (!contentReader.AtEnd)
        {
            DocumentCodec.ReadContexts(ref contentReader, content.Places);
        }

        var attributeReader = new ByteReader(segment.AttributeBytes(document));
        var (attributes, labels) = DocumentCodec.ReadAttributes(ref attributeReader);
        var result = new CollectionDocument(
            segment.Id(document),
            content.FileName,
            content.ContentHash,
            content.Text,
            attributes,
            labels,
            new StoredChunks(segment, segment.Row(document).FirstChunk, content));
        GC.KeepAlive(segment);
        return result;
    }
}
