using System.Globalization;

namespace GenAI.Gateway.Auditing;

/// <summary>
/// Append-only log of every call, one file a month, chained by hash. Thread safe. A line is with the operating system
/// before the call returns, so a killed process loses none; a torn last line is set aside at the next start.
/// </summary>
internal sealed class AuditLog : IDisposable
{
    private readonly Lock _gate = new();
    private readonly string _folder;
    private readonly TimeProvider _clock;
    private FileStream? _file;
    private string _fileName = "";
    private long _sequence;
    private string _previous = AuditLine.FirstPrevious;

    public AuditLog(string folder, TimeProvider clock)
    {
        _folder = folder;
        _clock = clock;
        Directory.CreateDirectory(folder);
        Resume();
    }

    public void Append(AuditEntry entry)
    {
        lock (_gate)
        {
            var file = Open();
            var (line, hash) = AuditLine.Format(entry, _sequence + 1, _previous);
            file.Write(line);
            file.Flush();
            (_sequence, _previous) = (_sequence + 1, hash);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _file?.Dispose();
            _file = null;
        }
    }

    /// <summary>The file of this month; never one before the last that was written, since the chain goes on from file to file.</summary>
    private FileStream Open()
    {
        var name = Path.Combine(_folder, $"audit-{_clock.GetUtcNow().ToString("yyyy-MM", CultureInfo.InvariantCulture)}.jsonl");
        name = string.CompareOrdinal(name, _fileName) < 0 ? _fileName : name;
        if (_file is null || name != _fileName)
        {
            _file?.Dispose();
            _file = new FileStream(name, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
            _fileName = name;
        }

        return _file;
    }

    private void Resume()
    {
        foreach (var path in Directory.EnumerateFiles(_folder, "audit-*.jsonl").OrderDescending(StringComparer.Ordinal))
        {
            AuditTail.SetTornLineAside(path);
            if (AuditTail.ReadLastLine(path) is { } last)
            {
                if (AuditLine.TryRead(last) is not { } read)
                {
                    throw new InvalidDataException(
                        $"The last line of the audit log {path} does not match its hash: it was changed. Move the file away to start a new chain.");
                }

                (_sequence, _previous, _fileName) = (read.Sequence, read.Hash, path);
                return;
            }
        }
    }
}
