using GenAI.Retrieval.Storage;

namespace GenAI.Retrieval.Segments;

/// <summary>Writes the sections of a segment file one after the other, and the footer that finds them.</summary>
internal sealed class SectionWriter
{
    private const int BufferSize = 1 << 16;

    private readonly WritableFile _file;
    private readonly ByteWriter _buffer = new();
    private readonly (long Offset, long Length, uint Checksum)[] _parts = new (long, long, uint)[SegmentFormat.PartCount];
    private long _position;
    private int _open = -1;

    public SectionWriter(WritableFile file)
    {
        _file = file;
        _buffer.UInt64(SegmentFormat.Magic);
        Flush();
    }

    public void Begin(SegmentPart part)
    {
        var padding = (int)(-_position & (SegmentFormat.Alignment - 1));
        _buffer.Bytes(stackalloc byte[padding]);
        Flush();

        _open = (int)part;
        _parts[_open] = (_position, 0, Checksum.Empty);
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        var (offset, length, checksum) = _parts[_open];
        _parts[_open] = (offset, length + bytes.Length, Checksum.Continue(checksum, bytes));
        _buffer.Bytes(bytes);
        if (_buffer.Length >= BufferSize)
        {
            Flush();
        }
    }

    public void End() => Flush();

    public void Write(SegmentPart part, ReadOnlySpan<byte> bytes)
    {
        Begin(part);
        Append(bytes);
        End();
    }

    public void Finish(int dimensions, int documents, int chunks, int terms)
    {
        _buffer.UInt32((uint)dimensions);
        _buffer.UInt32((uint)documents);
        _buffer.UInt32((uint)chunks);
        _buffer.UInt32((uint)terms);
        foreach (var (offset, length, checksum) in _parts)
        {
            _buffer.UInt64((ulong)offset);
            _buffer.UInt64((ulong)length);
            _buffer.UInt32(checksum);
        }

        _buffer.UInt32(Checksum.Of(_buffer.Written));
        _buffer.UInt64(SegmentFormat.Magic);
        Flush();
    }

    private void Flush()
    {
        _file.Append(_buffer.Written);
        _position += _buffer.Length;
        _buffer.Clear();
    }
}
