namespace GenAI.Retrieval.Logs;

/// <summary>What a log record does. The numbers are on disk.</summary>
internal enum LogRecordKind : byte
{
    Commit = 1,
    Delete = 2,
}
