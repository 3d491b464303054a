namespace GenAI.Retrieval.Storage;

/// <summary>A folder in memory that knows what a power cut would leave of it.</summary>
internal sealed class MemoryDirectory : IDirectory
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, MemoryFile> _files = new(StringComparer.Ordinal);
    private Dictionary<string, MemoryFile> _durableNames = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Files()
    {
        lock (_gate)
        {
            return [.. _files.Keys];
        }
    }

    public long Length(string name) => Find(name).Length;

    public StoredBytes Open(string name) => new ArrayBytes(Find(name).ToArray());

    public WritableFile Create(string name)
    {
        lock (_gate)
        {
            return _files[name] = new MemoryFile();
        }
    }

    public WritableFile Append(string name) => Find(name);

    public void Rename(string from, string to)
    {
        lock (_gate)
        {
            _files[to] = _files[from];
            _files.Remove(from);
        }
    }

    public void Delete(string name)
    {
        lock (_gate)
        {
            _files.Remove(name);
        }
    }

    public void Sync()
    {
        lock (_gate)
        {
            _durableNames = new Dictionary<string, MemoryFile>(_files, StringComparer.Ordinal);
        }
    }

    public string PathOf(string name) => $"memory:{name}";

    /// <summary>The folder as it would be found after the process was killed: everything as it is at one moment.</summary>
    public MemoryDirectory AfterKill()
    {
        lock (_gate)
        {
            var survivor = new MemoryDirectory();
            foreach (var (name, file) in _files)
            {
                survivor.Create(name).Append(file.ToArray());
            }

            return survivor;
        }
    }

    /// <summary>
    /// The folder as it would be found after the power went: synced names with what was synced into them, and perhaps
    /// more. A name that changed since the last sync may be as it was or as it is, whatever became of the others.
    /// </summary>
    public MemoryDirectory AfterPowerCut(Random luck)
    {
        lock (_gate)
        {
            var survivor = new MemoryDirectory();
            foreach (var name in _durableNames.Keys.Union(_files.Keys, StringComparer.Ordinal))
            {
                if ((luck.Next(2) == 0 ? _files : _durableNames).TryGetValue(name, out var file))
                {
                    survivor._files[name] = file.AfterPowerCut(luck);
                }
            }

            survivor.Sync();
            return survivor;
        }
    }

    private MemoryFile Find(string name)
    {
        lock (_gate)
        {
            return _files.TryGetValue(name, out var file) ? file : throw new FileNotFoundException($"There is no file {name}.", name);
        }
    }
}
