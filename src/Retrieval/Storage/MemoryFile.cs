using System.Buffers;

namespace GenAI.Retrieval.Storage;

/// <summary>A file in memory. Thread-safe.</summary>
internal sealed class MemoryFile : WritableFile
{
    private const int SectorLength = 512;

    private readonly Lock _gate = new();
    private ArrayBufferWriter<byte> _content = new();
    private byte[] _synced = [];
    private byte[]? _beforeCut;

    public override long Length
    {
        get
        {
            lock (_gate)
            {
                return _content.WrittenCount;
            }
        }
    }

    public override void Append(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            _content.Write(bytes);
        }
    }

    public override void Truncate(long length)
    {
        lock (_gate)
        {
            _beforeCut ??= _content.WrittenSpan.ToArray();
            var kept = _content.WrittenSpan[..(int)length].ToArray();
            _content = new ArrayBufferWriter<byte>();
            _content.Write(kept);
        }
    }

    public override void Sync()
    {
        lock (_gate)
        {
            _synced = _content.WrittenSpan.ToArray();
            _beforeCut = null;
        }
    }

    public override void Dispose()
    {
    }

    public byte[] ToArray()
    {
        lock (_gate)
        {
            return _content.WrittenSpan.ToArray();
        }
    }

    /// <summary>
    /// What a power cut would leave: all that was synced, some of what was appended since, perhaps with sectors of zeros
    /// that never reached the disk, and perhaps what was cut off since.
    /// </summary>
    public MemoryFile AfterPowerCut(Random luck)
    {
        var survivor = new MemoryFile();
        lock (_gate)
        {
            var content = _beforeCut is not null && luck.Next(2) == 0 ? _beforeCut : _content.WrittenSpan;
            var kept = content.Length > _synced.Length && content.StartsWith(_synced)
                ? content[..luck.Next(_synced.Length, content.Length + 1)]
                : _synced;
            survivor._synced = kept.ToArray();
            if (luck.Next(2) == 0)
            {
                LoseSectors(survivor._synced.AsSpan(), _synced.Length, luck);
            }

            survivor._content.Write(survivor._synced);
        }

        return survivor;
    }

    private static void LoseSectors(Span<byte> content, int from, Random luck)
    {
        while (from < content.Length)
        {
            var end = Math.Min(content.Length, ((from / SectorLength) + 1) * SectorLength);
            if (luck.Next(3) == 0)
            {
                content[from..end].Clear();
            }

            from = end;
        }
    }
}
