using System.Text;

namespace GenAI.Gateway.Auditing;

/// <summary>Walks the whole chain. It only reads, so it may run beside a server that writes.</summary>
internal static class AuditVerifier
{
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static AuditVerification Verify(string folder)
    {
        var lost = 0L;
        var (sequence, previous) = (0L, AuditLine.FirstPrevious);
        string? unfinished = null;
        foreach (var path in Directory.EnumerateFiles(folder, "audit-*.jsonl").Order(StringComparer.Ordinal))
        {
            var number = 0;
            foreach (var (line, isWhole) in ReadLines(path))
            {
                number++;
                if (unfinished is not null)
                {
                    return Broken($"{path}, line {number}: the file before it ends in an unfinished line.");
                }

                if (!isWhole)
                {
                    unfinished = path;
                    continue;
                }

                if (AuditLine.TryRead(line) is not { } read)
                {
                    return Broken($"{path}, line {number}: the line does not match its hash.");
                }

                if (read.Sequence != sequence + 1 || read.Previous != previous)
                {
                    return Broken($"{path}, line {number}: a line before it is missing, was added or was changed.");
                }

                (sequence, previous) = (read.Sequence, read.Hash);
                lost += read.Lost;
            }
        }

        return new AuditVerification(sequence, lost, previous, Break: null, unfinished);

        AuditVerification Broken(string sentence) => new(sequence, lost, previous, sentence, unfinished);
    }

    private static IEnumerable<(byte[] Line, bool IsWhole)> ReadLines(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file, Encoding.UTF8, detectEncodingFromByteOrderMarks: false);
        var line = new StringBuilder();
        for (int next; (next = reader.Read()) >= 0;)
        {
            if (next == '\n')
            {
                yield return (Encoding.UTF8.GetBytes(line.ToString()), true);
                line.Clear();
            }
            else
            {
                line.Append((char)next);
            }
        }

        if (line.Length > 0)
        {
            yield return (Encoding.UTF8.GetBytes(line.ToString()), false);
        }
    }
}
