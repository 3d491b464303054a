namespace GenAI.Retrieval.Logs;

/// <summary>What a log record does. The numbers are on disk.</summary>
internal enum LogRecordKind : byte
{
    /// <summary>Documents with a vector for each passage and no contexts; read, and no longer written.</summary>
    CommitWithVectors = 1,

    Delete = 2,

    /// <summary>See <see cref="GroupMark"/>; logs of older versions have none.</summary>
    GroupStart = 3,
    GroupEnd = 4,

    /// <summary>Documents, each with its vectors or without any.</summary>
    Commit = 5,
}
