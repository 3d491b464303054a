using GenAI.Retrieval.Logs;
using GenAI.Retrieval.Storage;

namespace GenAI.Retrieval.Tests.Logs;

/// <summary>A log as it was written before records stood in groups, which folders of that time still hold.</summary>
internal static class UngroupedLog
{
    /// <returns>The file, and where each of its records begins.</returns>
    public static (byte[] Bytes, int[] Starts) Of(IEnumerable<string> ids)
    {
        var starts = new List<int>();
        var file = new ByteWriter();
        file.UInt64(LogFormat.MagicWithoutGroups);
        foreach (var id in ids)
        {
            starts.Add(file.Length);
            var payload = LogRecord.Delete([id]).Encode().Span;
            var header = new ByteWriter();
            header.UInt32((uint)payload.Length);
            header.UInt32(Checksum.Of(payload));
            header.UInt32(Checksum.Of(header.Written));
            file.Bytes(header.Written);
            file.Bytes(payload);
        }

        return (file.Written.ToArray(), [.. starts]);
    }
}
