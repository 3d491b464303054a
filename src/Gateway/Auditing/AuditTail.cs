namespace GenAI.Gateway.Auditing;

/// <summary>Reads the end of a log file without reading the whole of it.</summary>
internal static class AuditTail
{
    private const int MaxLineBytes = 1 << 20;

    /// <summary>Cuts an unfinished last line off into a file beside the log: it was never acknowledged, yet is kept for a look.</summary>
    public static void SetTornLineAside(string path)
    {
        var tail = ReadTail(path);
        if (tail.Length == 0 || tail[^1] == (byte)'\n')
        {
            return;
        }

        var torn = tail.AsSpan(tail.AsSpan().LastIndexOf((byte)'\n') + 1);
        using var aside = new FileStream(path + ".torn", FileMode.Append, FileAccess.Write);
        aside.Write(torn);
        aside.WriteByte((byte)'\n');
        using var log = new FileStream(path, FileMode.Open, FileAccess.Write);
        log.SetLength(log.Length - torn.Length);
    }

    /// <returns>The last whole line without its line feed, or null in an empty file.</returns>
    public static byte[]? ReadLastLine(string path)
    {
        var tail = ReadTail(path).AsSpan();
        if (tail.Length == 0)
        {
            return null;
        }

        var lines = tail[..^1];
        return lines[(lines.LastIndexOf((byte)'\n') + 1)..].ToArray();
    }

    private static byte[] ReadTail(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Seek(-Math.Min(file.Length, MaxLineBytes), SeekOrigin.End);
        var tail = new byte[file.Length - file.Position];
        file.ReadExactly(tail);
        return tail;
    }
}
