using System.Globalization;

namespace GenAI.Gateway.Auditing;

/// <summary>
/// Append-only log of every call, one file a month, chained by hash. Thread safe. A line is with the operating system
/// before the call returns, so a killed process loses none; a torn last line is set aside at the next start. An entry
/// that cannot be written (a full disk) leaves no half line: its caller gets the error, and the next line that is
/// written says how many were lost before it.
/// </summary>
internal sealed class AuditLog : IDisposable
{
    private readonly Lock _gate = new();
    private readonly string _folder;
    private readonly TimeProvider _clock;
    private readonly Func<string, Stream> _open;
    private Stream? _file;
    private string _fileName = "";
    private long _end;
    private long _lost;
    private long _sequence;
    private string _previous = AuditLine.FirstPrevious;

    public AuditLog(string folder, TimeProvider clock)
        : this(folder, clock, OpenFile)
    {
    }

    /// <param name="open">Opens a file for writing, or makes it; its stream must not keep bytes back.</param>
    internal AuditLog(string folder, TimeProvider clock, Func<string, Stream> open)
    {
        _open = open;
        _folder = folder;
        _clock = clock;
        Directory.CreateDirectory(folder);
        Resume();
    }

    /// <exception cref="IOException">The entry could not be written; the log stands as before.</exception>
    public void Append(AuditEntry entry)
    {
        lock (_gate)
        {
            try
            {
                var file = Open();
                var (line, hash) = AuditLine.Format(entry, _sequence + 1, _previous, _lost);
                file.Write(line);
                file.Flush();
                _end += line.Length;
                (_sequence, _previous, _lost) = (_sequence + 1, hash, 0);
            }
            catch (IOException)
            {
                _lost++;
                throw;
            }
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
    private Stream Open()
    {
        var name = Path.Combine(_folder, $"audit-{_clock.GetUtcNow().ToString("yyyy-MM", CultureInfo.InvariantCulture)}.jsonl");
        name = string.CompareOrdinal(name, _fileName) < 0 ? _fileName : name;
        if (_file is null || name != _fileName)
        {
            _file?.Dispose();
            _file = null;
            _file = _open(name);
            (_end, _fileName) = (_file.Length, name);
        }

        // What is beyond the end is the beginning of a line that failed.
        if (_file.Length > _end)
        {
            _file.SetLength(_end);
        }

        _file.Position = _end;
        return _file;
    }

    private static FileStream OpenFile(string name) => new(name, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 0);

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
