namespace GenAI.Pipelines.Parsing;

/// <summary>A file that only this user can read and that goes away with its owner.</summary>
internal sealed class TemporaryFile : IDisposable
{
    public string FullPath { get; } = Path.GetTempFileName();

    public FileStream OpenWrite() => new(FullPath, FileMode.Create, FileAccess.ReadWrite, FileShare.Read);

    public void Dispose() => File.Delete(FullPath);
}
