using GenAI.Retrieval.Storage;

namespace GenAI.Retrieval.Segments;

/// <summary>What a segment file says about itself.</summary>
internal sealed class SegmentFooter
{
    private const int Step = 1 << 24;

    public required int Dimensions { get; init; }

    public required int Documents { get; init; }

    public required int Chunks { get; init; }

    public required int Terms { get; init; }

    public required (long Offset, long Length)[] Parts { get; init; }

    public static SegmentFooter Read(string path, StoredBytes bytes)
    {
        const int End = SegmentFormat.FooterLength + SegmentFormat.TailLength;
        if (bytes.Length < End + sizeof(ulong))
        {
            throw new CorruptStoreException(path, "it is too short to be a segment.");
        }

        var tail = bytes.Slice(bytes.Length - End, End);
        var checks = new ByteReader(tail[SegmentFormat.FooterLength..]);
        var footerIsWhole = checks.UInt32() == Checksum.Of(tail[..SegmentFormat.FooterLength]);
        if (!footerIsWhole || checks.UInt64() != SegmentFormat.Magic || new ByteReader(bytes.Slice(0, sizeof(ulong))).UInt64() != SegmentFormat.Magic)
        {
            throw new CorruptStoreException(path, "its head or its foot is not that of a segment of this version.");
        }

        var reader = new ByteReader(tail);
        var footer = new SegmentFooter
        {
            Dimensions = (int)reader.UInt32(),
            Documents = (int)reader.UInt32(),
            Chunks = (int)reader.UInt32(),
            Terms = (int)reader.UInt32(),
            Parts = new (long, long)[SegmentFormat.PartCount],
        };
        for (var part = 0; part < SegmentFormat.PartCount; part++)
        {
            var (offset, length, checksum) = ((long)reader.UInt64(), (long)reader.UInt64(), reader.UInt32());
            footer.Parts[part] = (offset, length);
            Verify(path, bytes, (SegmentPart)part, offset, length, checksum);
        }

        return footer;
    }

    private static void Verify(string path, StoredBytes bytes, SegmentPart part, long offset, long length, uint expected)
    {
        var checksum = Checksum.Empty;
        for (long done = 0; done < length;)
        {
            var step = (int)Math.Min(Step, length - done);
            checksum = Checksum.Continue(checksum, bytes.Slice(offset + done, step));
            done += step;
        }

        if (checksum != expected)
        {
            throw new CorruptStoreException(path, $"the section {part} (bytes {offset} to {offset + length}) fails its checksum.");
        }
    }
}
