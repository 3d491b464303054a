using GenAI.Retrieval.Storage;

namespace GenAI.Retrieval.Logs;

/// <summary>Reads the records of a log file and tells a torn end from damage.</summary>
/// <remarks>
/// What was written last may be cut off by the end of the file, or hold sectors of zeros that never reached the disk:
/// that is a write nobody was told about, and only the last log may end so. The unit is the group of records that one
/// sync makes durable (<see cref="GroupMark"/>); it is read whole or dropped whole. A group is over, and was
/// acknowledged, as soon as anything was appended behind it: what fails its checksum there is reported and never
/// dropped. So is what fails without a sector of zeros, since a power failure does not change bytes. Records of older
/// versions stand outside of groups; each counts as a group of its own.
/// </remarks>
internal sealed class LogReader(string path, StoredBytes bytes, bool mayBeTorn)
{
    private long _position;

    /// <summary>Whether everything from here on stands in groups.</summary>
    private bool _isGrouped;

    /// <summary>Bytes that hold whole groups; 0 when not even the header was written.</summary>
    public long ValidLength => _position;

    public bool ReadFileHeader()
    {
        if (bytes.Length < LogFormat.FileHeaderLength)
        {
            return mayBeTorn ? false : throw Damaged("it is shorter than its header.");
        }

        var header = new ByteReader(bytes.Slice(0, LogFormat.FileHeaderLength)).UInt64();
        if (header == 0 && mayBeTorn && bytes.Length == LogFormat.FileHeaderLength)
        {
            return false;
        }

        if (header is not (LogFormat.Magic or LogFormat.MagicWithoutGroups))
        {
            throw Damaged("it does not begin like a log of this version.");
        }

        _isGrouped = header == LogFormat.Magic;

        _position = LogFormat.FileHeaderLength;
        return true;
    }

    /// <summary>Reads the next record; false at the end of the log. The span is valid until the next call.</summary>
    public bool TryRead(out ReadOnlySpan<byte> payload)
    {
        while (TryReadAny(out payload))
        {
            if (GroupMark.TryRead(payload) is not { } mark)
            {
                _position += LogFormat.RecordHeaderLength + payload.Length;
                return true;
            }

            if (mark.Kind == LogRecordKind.GroupStart && !IsWhole(mark))
            {
                payload = default;
                return false;
            }

            _isGrouped = true;
            _position += GroupMark.RecordLength;
        }

        return false;
    }

    private bool TryReadAny(out ReadOnlySpan<byte> payload)
    {
        payload = default;
        var left = bytes.Length - _position;
        if (left == 0)
        {
            return false;
        }

        if (left < LogFormat.RecordHeaderLength)
        {
            return Torn("a record's header is cut off.");
        }

        if (Header(_position) is not { } header)
        {
            return IsZeroFrom(_position) ? Torn("it ends in zeros.") : TornGroup("a record's header fails its checksum.");
        }

        if (header.Length > left - LogFormat.RecordHeaderLength)
        {
            return Torn("its last record is cut off.");
        }

        payload = bytes.Slice(_position + LogFormat.RecordHeaderLength, (int)header.Length);
        if (Checksum.Of(payload) != header.Checksum)
        {
            var end = _position + LogFormat.RecordHeaderLength + header.Length;
            payload = default;
            return end == bytes.Length && HasZeroSector(_position + LogFormat.RecordHeaderLength, end)
                ? Torn("its last record was not written whole.")
                : TornGroup("a record fails its checksum.");
        }

        return true;
    }

    /// <summary>Reads a group to its end, before any of it is used; false when it is torn.</summary>
    private bool IsWhole(GroupMark mark)
    {
        if (mark.Start != _position || mark.Length < 2 * GroupMark.RecordLength)
        {
            throw Damaged("a group's mark is not where it says it is.");
        }

        if (mark.End > bytes.Length)
        {
            // Synced, it would have reached the disk in its full length.
            return Torn("its last group is cut off.");
        }

        var at = _position + GroupMark.RecordLength;
        while (at < mark.End - GroupMark.RecordLength && IsRecord(at, mark.End - GroupMark.RecordLength, out var length))
        {
            at += length;
        }

        if (at == mark.End - GroupMark.RecordLength && MarkAt(at) == mark with { Kind = LogRecordKind.GroupEnd })
        {
            return true;
        }

        // From a sector's start on, as a record may begin with a zero and a group does not.
        return mark.End == bytes.Length && HasZeroSector(Math.Max(mark.Start, at / LogFormat.SectorLength * LogFormat.SectorLength), mark.End)
            ? Torn("its last group was not written whole.")
            : throw Damaged("a group of records fails its checksums.");
    }

    /// <summary>
    /// The beginning of a group is lost. Any mark behind it tells whether it is the last one: the beginning of another
    /// group, or an end that is not the end of the file, was written after it was acknowledged.
    /// </summary>
    private bool TornGroup(string what)
    {
        var beginning = Math.Min(bytes.Length, ((_position / LogFormat.SectorLength) + 2) * LogFormat.SectorLength);
        return _isGrouped && HasZeroSector(_position, beginning) && MarksFrom(_position + 1).All(mark => mark.Start == _position && mark.End == bytes.Length)
            ? Torn("the beginning of its last group was not written.")
            : throw Damaged(what);
    }

    private IEnumerable<GroupMark> MarksFrom(long start)
    {
        for (var at = start; at <= bytes.Length - GroupMark.RecordLength; at++)
        {
            if (MarkAt(at) is { } mark && (mark.Kind == LogRecordKind.GroupStart ? mark.Start == at : mark.End == at + GroupMark.RecordLength))
            {
                yield return mark;
            }
        }
    }

    private (uint Length, uint Checksum)? Header(long at)
    {
        var header = bytes.Slice(at, LogFormat.RecordHeaderLength);
        var fields = new ByteReader(header);
        var (length, checksum, headerChecksum) = (fields.UInt32(), fields.UInt32(), fields.UInt32());
        return headerChecksum == Checksum.Of(header[..(2 * sizeof(uint))]) ? (length, checksum) : null;
    }

    private bool IsRecord(long at, long end, out long length)
    {
        length = 0;
        if (end - at < LogFormat.RecordHeaderLength || Header(at) is not { } header || header.Length > end - at - LogFormat.RecordHeaderLength)
        {
            return false;
        }

        length = LogFormat.RecordHeaderLength + header.Length;
        return Checksum.Of(bytes.Slice(at + LogFormat.RecordHeaderLength, (int)header.Length)) == header.Checksum;
    }

    private GroupMark? MarkAt(long at) =>
        at >= LogFormat.FileHeaderLength && IsRecord(at, at + GroupMark.RecordLength, out var length) && length == GroupMark.RecordLength
            ? GroupMark.TryRead(bytes.Slice(at + LogFormat.RecordHeaderLength, GroupMark.PayloadLength))
            : null;

    private bool Torn(string how) => mayBeTorn ? false : throw Damaged($"{how} A later log follows, so it was complete once.");

    private CorruptStoreException Damaged(string what) => new(path, $"at byte {_position}, {what}");

    private bool IsZeroFrom(long start)
    {
        var rest = bytes.Slice(start, (int)Math.Min(bytes.Length - start, int.MaxValue));
        return !rest.ContainsAnyExcept((byte)0);
    }

    /// <summary>Whether a whole sector of the range, or what lies in it of its first or last one, is zeros.</summary>
    private bool HasZeroSector(long start, long end)
    {
        for (var sector = start / LogFormat.SectorLength * LogFormat.SectorLength; sector < end; sector += LogFormat.SectorLength)
        {
            var from = Math.Max(sector, start);
            var to = Math.Min(sector + LogFormat.SectorLength, end);
            if (to > from && !bytes.Slice(from, (int)(to - from)).ContainsAnyExcept((byte)0))
            {
                return true;
            }
        }

        return false;
    }
}
