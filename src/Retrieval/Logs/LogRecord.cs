using GenAI.Retrieval.Collections;
using GenAI.Retrieval.Storage;

namespace GenAI.Retrieval.Logs;

/// <summary>One logged change: documents with text, vectors and attributes committed together, or ids deleted together.</summary>
/// <param name="FirstSequence">Place of the first document in the order of commits.</param>
internal sealed record LogRecord(
    LogRecordKind Kind,
    long FirstSequence,
    IReadOnlyList<CollectionDocument> Documents,
    IReadOnlyList<string> DeletedIds)
{
    /// <summary>
    /// Ends every record. As no record begins or ends with a zero, a part of a sector that is all zeros at either end
    /// of a record was never written; see <see cref="LogReader"/>.
    /// </summary>
    public const byte EndMark = 0xA5;

    public static LogRecord Commit(long firstSequence, IReadOnlyList<CollectionDocument> documents) =>
        new(LogRecordKind.Commit, firstSequence, documents, []);

    public static LogRecord Delete(IReadOnlyList<string> ids) => new(LogRecordKind.Delete, 0, [], ids);

    public ReadOnlyMemory<byte> Encode()
    {
        var writer = new ByteWriter();
        writer.Byte((byte)Kind);
        if (Kind == LogRecordKind.Delete)
        {
            writer.Number(DeletedIds.Count);
            foreach (var id in DeletedIds)
            {
                writer.Text(id);
            }

            writer.Byte(EndMark);
            return writer.Memory;
        }

        writer.Number(FirstSequence);
        writer.Number(Documents.Count);
        foreach (var document in Documents)
        {
            WriteDocument(writer, document);
        }

        writer.Byte(EndMark);
        return writer.Memory;
    }

    public static LogRecord Decode(ReadOnlySpan<byte> payload, int dimensions)
    {
        var reader = new ByteReader(payload);
        var kind = (LogRecordKind)reader.Byte();
        switch (kind)
        {
            case LogRecordKind.Delete:
                var ids = new string[reader.Count()];
                for (var i = 0; i < ids.Length; i++)
                {
                    ids[i] = reader.Text();
                }

                return Delete(ids);
            case LogRecordKind.CommitWithVectors or LogRecordKind.Commit:
                var first = reader.Number();
                var documents = new CollectionDocument[reader.Count()];
                for (var i = 0; i < documents.Length; i++)
                {
                    documents[i] = ReadDocument(ref reader, kind, dimensions);
                }

                return Commit(first, documents);
            default:
                throw new InvalidDataException($"The log holds a record of the unknown kind {(int)kind}; it may come from a newer version.");
        }
    }

    private static void WriteDocument(ByteWriter writer, CollectionDocument document)
    {
        writer.Text(document.Id);
        DocumentCodec.WriteContent(writer, document);
        DocumentCodec.WriteAttributes(writer, document);
        writer.Byte(document.HasVectors ? (byte)1 : (byte)0);
        foreach (var chunk in document.Chunks)
        {
            writer.Floats(chunk.Vector.Span);
        }
    }

    private static CollectionDocument ReadDocument(ref ByteReader reader, LogRecordKind kind, int dimensions)
    {
        var id = reader.Text();
        var content = DocumentCodec.ReadContent(ref reader);
        if (kind == LogRecordKind.Commit)
        {
            DocumentCodec.ReadContexts(ref reader, content.Places);
        }

        var (attributes, labels) = DocumentCodec.ReadAttributes(ref reader);
        var hasVectors = kind == LogRecordKind.CommitWithVectors || reader.Byte() != 0;
        var chunks = new Chunk[content.Places.Length];
        for (var i = 0; i < chunks.Length; i++)
        {
            var place = content.Places[i];
            var vector = hasVectors ? reader.Floats(dimensions) : [];
            chunks[i] = new Chunk(i, content.Text[place.Start..place.End], place.Start, place.End, place.Headings, place.Page, vector) { Context = place.Context };
        }

        return new CollectionDocument(id, content.FileName, content.ContentHash, content.Text, attributes, labels, chunks);
    }
}
