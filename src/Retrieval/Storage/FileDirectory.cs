using GenAI.Retrieval.Storage.Native;

namespace GenAI.Retrieval.Storage;

/// <summary>A real folder.</summary>
internal sealed class FileDirectory : IDirectory
{
    private readonly string _folder;

    public FileDirectory(string folder)
    {
        _folder = Path.GetFullPath(folder);
        Directory.CreateDirectory(_folder);
    }

    public IReadOnlyList<string> Files() => [.. Directory.EnumerateFiles(_folder).Select(path => Path.GetFileName(path))];

    public long Length(string name) => new FileInfo(PathOf(name)).Length;

    public StoredBytes Open(string name) => new MappedBytes(PathOf(name));

    public WritableFile Create(string name) => new DiskFile(PathOf(name), FileMode.Create);

    public WritableFile Append(string name) => new DiskFile(PathOf(name), FileMode.Open);

    public void Rename(string from, string to) => File.Move(PathOf(from), PathOf(to), overwrite: true);

    public void Delete(string name) => File.Delete(PathOf(name));

    public void Sync() => FolderSync.Sync(_folder);

    public string PathOf(string name) => Path.Combine(_folder, name);
}
