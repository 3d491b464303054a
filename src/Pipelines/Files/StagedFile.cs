namespace GenAI.Pipelines.Files;

/// <summary>Bytes that are safe on disk under a temporary name and belong to nothing yet; disposing drops them unless they were kept.</summary>
public sealed class StagedFile : IDisposable
{
    private readonly string _path;

    internal StagedFile(string path, string contentHash, long bytes)
    {
        _path = path;
        ContentHash = contentHash;
        Bytes = bytes;
    }

    public string ContentHash { get; }

    public long Bytes { get; }

    public void Dispose() => File.Delete(_path);

    internal void MoveTo(string path) => File.Move(_path, path);
}
