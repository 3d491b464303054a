using System.Buffers;
using System.IO.Compression;
using GenAI.Retrieval.Storage;

namespace GenAI.Retrieval.Segments;

/// <summary>A document's compressed content: its plain length, then Brotli.</summary>
internal static class ContentBlock
{
    /// <summary>The fastest setting that still finds repetitions; ingestion waits for embedding, not for this.</summary>
    private const int Quality = 2;

    private const int Window = 20;

    public static byte[] Compress(ReadOnlySpan<byte> content)
    {
        var header = new ByteWriter();
        header.Number(content.Length);
        var block = new byte[header.Length + BrotliEncoder.GetMaxCompressedLength(content.Length)];
        header.Written.CopyTo(block);
        if (!BrotliEncoder.TryCompress(content, block.AsSpan(header.Length), out var written, Quality, Window))
        {
            throw new InvalidOperationException("Compressing a document needed more room than Brotli's bound.");
        }

        return block[..(header.Length + written)];
    }

    /// <summary>The first bytes of the content, so many as are asked for or are there; the rest stays compressed.</summary>
    public static byte[] DecompressStart(ReadOnlySpan<byte> block, int count)
    {
        var reader = new ByteReader(block);
        var content = new byte[Math.Min(count, reader.Count())];
        using var decoder = default(BrotliDecoder);
        var read = 0;
        var rest = reader.Rest;
        while (read < content.Length)
        {
            var status = decoder.Decompress(rest, content.AsSpan(read), out var consumed, out var written);
            rest = rest[consumed..];
            read += written;
            if (status == OperationStatus.InvalidData || (written == 0 && consumed == 0))
            {
                throw new InvalidDataException("A stored document cannot be decompressed.");
            }
        }

        return content;
    }

    public static byte[] Decompress(ReadOnlySpan<byte> block)
    {
        var reader = new ByteReader(block);
        var content = new byte[reader.Count()];
        var header = new ByteWriter();
        header.Number(content.Length);
        return BrotliDecoder.TryDecompress(block[header.Length..], content, out var written) && written == content.Length
            ? content
            : throw new InvalidDataException("A stored document cannot be decompressed.");
    }
}
