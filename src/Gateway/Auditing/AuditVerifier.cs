namespace GenAI.Gateway.Auditing;

/// <summary>Walks the whole chain.</summary>
internal static class AuditVerifier
{
    /// <returns>Null when the chain is whole; otherwise a sentence that names the first place where it breaks.</returns>
    public static string? FindBreak(string folder)
    {
        var (sequence, previous) = (0L, AuditLine.FirstPrevious);
        foreach (var path in Directory.EnumerateFiles(folder, "audit-*.jsonl").Order(StringComparer.Ordinal))
        {
            var number = 0;
            foreach (var line in File.ReadLines(path))
            {
                number++;
                if (AuditLine.TryRead(System.Text.Encoding.UTF8.GetBytes(line)) is not { } read)
                {
                    return $"{path}, line {number}: the line does not match its hash.";
                }

                if (read.Sequence != sequence + 1 || read.Previous != previous)
                {
                    return $"{path}, line {number}: a line before it is missing, was added or was changed.";
                }

                (sequence, previous) = (read.Sequence, read.Hash);
            }
        }

        return null;
    }
}
