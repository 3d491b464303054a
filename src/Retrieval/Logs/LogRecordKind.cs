namespace GenAI.Retrieval.Logs;

/// <summary>What a log record does. The numbers are on disk.</summary>
internal enum LogRecordKind : byte
{
    Commit = 1,
    Delete = 2,

    /// <summary>See <see cref="GroupMark"/>; logs of older versions have none.</summary>
    GroupStart = 3,
    GroupEnd = 4,
}
