using GenAI.Retrieval.Collections;
using GenAI.Retrieval.Filters;

namespace GenAI.Retrieval.Storage;

/// <summary>The byte form of documents, in the log and in segments.</summary>
internal static class DocumentCodec
{
    /// <summary>Text and chunk boundaries: what is read when a passage is shown.</summary>
    public static void WriteContent(ByteWriter writer, CollectionDocument document)
    {
        writer.Text(document.FileName);
        writer.Text(document.ContentHash);
        writer.Text(document.Text);
        writer.Number(document.Chunks.Count);
        IReadOnlyList<string>? previous = null;
        foreach (var chunk in document.Chunks)
        {
            writer.Number(chunk.Start);
            writer.Number(chunk.End - chunk.Start);
            writer.Number(chunk.Page ?? 0);
            WriteHeadings(writer, chunk.Headings, previous);
            previous = chunk.Headings;
        }

        WriteContexts(writer, document.Chunks);
    }

    /// <summary>Reads what <see cref="WriteContent"/> wrote, up to the contexts: content of version 0.1.0's first builds ends before them.</summary>
    public static DocumentContent ReadContent(ref ByteReader reader)
    {
        var fileName = reader.Text();
        var hash = reader.Text();
        var text = reader.Text();
        var places = new ChunkPlace[reader.Count()];
        IReadOnlyList<string> headings = [];
        for (var i = 0; i < places.Length; i++)
        {
            var start = reader.Count();
            var length = reader.Count();
            var page = reader.Count();
            headings = ReadHeadings(ref reader, headings);
            places[i] = new ChunkPlace(start, start + length, page == 0 ? null : page, headings, Context: null);
        }

        return new DocumentContent(fileName, hash, text, places);
    }

    public static void WriteAttributes(ByteWriter writer, CollectionDocument document)
    {
        writer.Number(document.Attributes.Count);
        foreach (var (key, value) in document.Attributes)
        {
            writer.Text(key);
            writer.Byte((byte)value.Kind);
            if (value.Kind == AttributeKind.Text)
            {
                writer.Text(value.Text!);
            }
            else
            {
                writer.Real(value.Number);
            }
        }

        writer.Number(document.Labels.Count);
        foreach (var label in document.Labels)
        {
            writer.Text(label);
        }
    }

    public static (Dictionary<string, AttributeValue> Attributes, string[] Labels) ReadAttributes(ref ByteReader reader)
    {
        var count = reader.Count();
        var attributes = new Dictionary<string, AttributeValue>(count, StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            var key = reader.Text();
            attributes[key] = (AttributeKind)reader.Byte() switch
            {
                AttributeKind.Text => AttributeValue.Of(reader.Text()),
                AttributeKind.Number => AttributeValue.Of(reader.Real()),
                AttributeKind.Truth => AttributeValue.Of(reader.Real() != 0),
                var kind => throw new InvalidDataException($"An attribute of the unknown kind {kind} is stored."),
            };
        }

        var labels = new string[reader.Count()];
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = reader.Text();
        }

        return (attributes, labels);
    }

    /// <summary>For each chunk 0 for none kept, 1 for that of the chunk before, or 2 and the text.</summary>
    private static void WriteContexts(ByteWriter writer, IReadOnlyList<Chunk> chunks)
    {
        string? previous = null;
        foreach (var context in chunks.Select(chunk => chunk.Context))
        {
            var isRepeated = context is not null && context == previous;
            writer.Byte((byte)(context is null ? 0 : isRepeated ? 1 : 2));
            if (context is not null && !isRepeated)
            {
                writer.Text(context);
            }

            previous = context;
        }
    }

    /// <summary>Reads the contexts behind a content into its places.</summary>
    public static void ReadContexts(ref ByteReader reader, ChunkPlace[] places)
    {
        string? previous = null;
        for (var i = 0; i < places.Length; i++)
        {
            previous = reader.Byte() switch
            {
                0 => null,
                1 => previous,
                _ => reader.Text(),
            };
            places[i] = places[i] with { Context = previous };
        }
    }

    /// <summary>Chunks of one section share their headings: 0 means those of the chunk before, n + 1 that n follow.</summary>
    private static void WriteHeadings(ByteWriter writer, IReadOnlyList<string> headings, IReadOnlyList<string>? previous)
    {
        if (previous is not null && headings.SequenceEqual(previous, StringComparer.Ordinal))
        {
            writer.Number(0);
            return;
        }

        writer.Number(headings.Count + 1);
        foreach (var heading in headings)
        {
            writer.Text(heading);
        }
    }

    private static IReadOnlyList<string> ReadHeadings(ref ByteReader reader, IReadOnlyList<string> previous)
    {
        var count = reader.Count() - 1;
        if (count < 0)
        {
            return previous;
        }

        var headings = new string[count];
        for (var i = 0; i < count; i++)
        {
            headings[i] = reader.Text();
        }

        return headings;
    }
}
