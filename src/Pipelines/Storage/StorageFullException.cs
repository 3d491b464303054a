using Microsoft.Data.Sqlite;

namespace GenAI.Pipelines.Storage;

/// <summary>The disk has no room for what was to be written; what stood there before is as it was. The message may be shown to callers.</summary>
public sealed class StorageFullException : IOException
{
    private const int SqliteFull = 13;
    private const int LinuxNoSpace = 28;
    private const int LinuxQuota = 122;
    private const int MacQuota = 69;
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    public StorageFullException(Exception innerException)
        : base("The server's disk is full, so nothing of this was kept. Free some space in its data folder (GENAI_DATA), then send it again.", innerException)
    {
    }

    /// <summary>Whether a write failed for want of space: ENOSPC and EDQUOT, their kin on Windows, and SQLITE_FULL, also where a collection tells of it in its own words.</summary>
    public static bool IsCauseOf(Exception exception) => exception switch
    {
        StorageFullException => true,
        SqliteException sqlite => sqlite.SqliteErrorCode == SqliteFull,
        IOException file => file.HResult is LinuxNoSpace or LinuxQuota or WindowsDiskFull or WindowsHandleDiskFull
            || (OperatingSystem.IsMacOS() && file.HResult == MacQuota)
            || (file.InnerException is IOException cause && IsCauseOf(cause)),
        _ => false,
    };
}
