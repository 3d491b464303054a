using GenAI.Retrieval.Storage;

namespace GenAI.Retrieval.Logs;

/// <summary>Reads the records of a log file and tells a torn end from damage.</summary>
/// <remarks>
/// A record may be cut off by the end of the file, or hold a sector of zeros that never reached the disk: that is a
/// write nobody was told about, and only the last log may end so. Anything else that fails its checksum was
/// acknowledged once, so it is reported and never dropped.
/// </remarks>
internal sealed class LogReader(string path, StoredBytes bytes, bool mayBeTorn)
{
    private long _position;

    /// <summary>Bytes that hold whole records; 0 when not even the header was written.</summary>
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

        if (header != LogFormat.Magic)
        {
            throw Damaged("it does not begin like a log of this version.");
        }

        _position = LogFormat.FileHeaderLength;
        return true;
    }

    /// <summary>Reads the next record; false at the end of the log. The span is valid until the next call.</summary>
    public bool TryRead(out ReadOnlySpan<byte> payload)
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

        var header = bytes.Slice(_position, LogFormat.RecordHeaderLength);
        var fields = new ByteReader(header);
        var (length, checksum, headerChecksum) = (fields.UInt32(), fields.UInt32(), fields.UInt32());
        if (headerChecksum != Checksum.Of(header[..(2 * sizeof(uint))]))
        {
            return IsZeroFrom(_position) ? Torn("it ends in zeros.") : throw Damaged("a record's header fails its checksum.");
        }

        if (length > left - LogFormat.RecordHeaderLength)
        {
            return Torn("its last record is cut off.");
        }

        payload = bytes.Slice(_position + LogFormat.RecordHeaderLength, (int)length);
        if (Checksum.Of(payload) != checksum)
        {
            var isLast = length == left - LogFormat.RecordHeaderLength;
            return isLast && HasZeroSector(payload.Length) ? Torn("its last record was not written whole.") : throw Damaged("a record fails its checksum.");
        }

        _position += LogFormat.RecordHeaderLength + length;
        return true;
    }

    private bool Torn(string how) => mayBeTorn ? false : throw Damaged($"{how} A later log follows, so it was complete once.");

    private CorruptStoreException Damaged(string what) => new(path, $"at byte {_position}, {what}");

    private bool IsZeroFrom(long start)
    {
        var rest = bytes.Slice(start, (int)Math.Min(bytes.Length - start, int.MaxValue));
        return !rest.ContainsAnyExcept((byte)0);
    }

    /// <summary>Whether a whole sector of the record (its end in the file included) is zeros.</summary>
    private bool HasZeroSector(int payloadLength)
    {
        var start = _position + LogFormat.RecordHeaderLength;
        var end = start + payloadLength;
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
