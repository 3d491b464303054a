using System.Buffers.Binary;

namespace GenAI.Retrieval.Logs;

/// <summary>
/// First and last record of a group, the records that one sync makes durable. Both say where the group lies, since a
/// power failure may lose either. A group behind which something was appended had been synced before, and so had one
/// that is not in the last log; the last group of the last log may be one that nobody was told about.
/// </summary>
/// <param name="Start">Offset of the first mark in the file.</param>
/// <param name="Length">Bytes from there to the end of the last mark.</param>
internal readonly record struct GroupMark(LogRecordKind Kind, long Start, long Length)
{
    /// <summary>Fixed, so that the last mark is found from the end of the file.</summary>
    public const int PayloadLength = 1 + (2 * sizeof(ulong)) + 1;

    public const int RecordLength = LogFormat.RecordHeaderLength + PayloadLength;

    public long End => Start + Length;

    public void WriteTo(Span<byte> payload)
    {
        payload[0] = (byte)Kind;
        BinaryPrimitives.WriteInt64LittleEndian(payload[1..], Start);
        BinaryPrimitives.WriteInt64LittleEndian(payload[(1 + sizeof(ulong))..], Length);
        payload[PayloadLength - 1] = LogRecord.EndMark;
    }

    /// <summary>Null when the record is none of these marks.</summary>
    public static GroupMark? TryRead(ReadOnlySpan<byte> payload) =>
        payload.Length == PayloadLength && (LogRecordKind)payload[0] is (LogRecordKind.GroupStart or LogRecordKind.GroupEnd) && payload[^1] == LogRecord.EndMark
            ? new GroupMark(
                (LogRecordKind)payload[0],
                BinaryPrimitives.ReadInt64LittleEndian(payload[1..]),
                BinaryPrimitives.ReadInt64LittleEndian(payload[(1 + sizeof(ulong))..]))
            : null;
}
