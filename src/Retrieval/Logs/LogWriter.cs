using GenAI.Retrieval.Storage;

namespace GenAI.Retrieval.Logs;

/// <summary>Appends records to one log file. One writer at a time; nothing counts as written before <see cref="Sync"/> returned.</summary>
internal sealed class LogWriter : IDisposable
{
    private readonly WritableFile _file;
    private readonly ByteWriter _header = new();
    private long _syncedLength;

    private LogWriter(WritableFile file)
    {
        _file = file;
        _syncedLength = file.Length;
    }

    public long Length => _file.Length;

    /// <summary>Makes an empty log whose name and header survive a power cut.</summary>
    public static LogWriter Create(IDirectory directory, string name)
    {
        var writer = new LogWriter(directory.Create(name));
        writer._header.UInt64(LogFormat.Magic);
        writer._file.Append(writer._header.Written);
        writer.Sync();
        directory.Sync();
        return writer;
    }

    /// <summary>Goes on with a log that was read up to <paramref name="length"/>; what follows is a torn record and goes.</summary>
    public static LogWriter Continue(IDirectory directory, string name, long length)
    {
        var file = directory.Append(name);
        if (file.Length > length)
        {
            file.Truncate(length);
        }

        // Records that a killed process had written but not synced were just replayed: from here on they count.
        file.Sync();
        return new LogWriter(file);
    }

    /// <summary>Appends records that become durable together, between two marks that say so.</summary>
    public void AppendGroup(IReadOnlyList<ReadOnlyMemory<byte>> payloads)
    {
        var length = payloads.Sum(payload => (long)LogFormat.RecordHeaderLength + payload.Length) + (2 * GroupMark.RecordLength);
        var mark = new GroupMark(LogRecordKind.GroupStart, Length, length);
        Append(mark);
        foreach (var payload in payloads)
        {
            Append(payload.Span);
        }

        Append(mark with { Kind = LogRecordKind.GroupEnd });
    }

    public void Sync()
    {
        _file.Sync();
        _syncedLength = _file.Length;
    }

    /// <summary>Takes back what was appended since the last sync, after an error; durably, as a later log may follow this one.</summary>
    public void RollBack()
    {
        _file.Truncate(_syncedLength);
        _file.Sync();
    }

    public void Dispose() => _file.Dispose();

    private void Append(GroupMark mark)
    {
        Span<byte> payload = stackalloc byte[GroupMark.PayloadLength];
        mark.WriteTo(payload);
        Append(payload);
    }

    private void Append(ReadOnlySpan<byte> payload)
    {
        // Two writes rather than one: a buffer for both would keep the size of the largest record for good.
        _header.Clear();
        _header.UInt32((uint)payload.Length);
        _header.UInt32(Checksum.Of(payload));
        _header.UInt32(Checksum.Of(_header.Written));
        _file.Append(_header.Written);
        _file.Append(payload);
    }
}
