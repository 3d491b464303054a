namespace GenAI.Retrieval.Logs;

/// <summary>Constants of the write-ahead log file.</summary>
internal static class LogFormat
{
    public const ulong Magic = 0x32474F4C4941474E; // "NGAILOG2" in bytes

    /// <summary>Begins logs whose first records stand outside of groups; groups may follow them.</summary>
    public const ulong MagicWithoutGroups = 0x31474F4C4941474E; // "NGAILOG1" in bytes

    public const int FileHeaderLength = sizeof(ulong);

    /// <summary>Payload length, payload checksum, checksum of the two.</summary>
    public const int RecordHeaderLength = 3 * sizeof(uint);

    /// <summary>A record is read into one array when the log is replayed.</summary>
    public const int MaxRecordLength = 1 << 30;

    /// <summary>The least unit that a disk writes: a write cut by a power failure leaves whole units of zeros.</summary>
    public const int SectorLength = 512;
}
