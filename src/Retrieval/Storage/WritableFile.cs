namespace GenAI.Retrieval.Storage;

/// <summary>A file being written at its end. One writer at a time.</summary>
internal abstract class WritableFile : IDisposable
{
    /// <summary>Bytes appended so far, those before opening included.</summary>
    public abstract long Length { get; }

    public abstract void Append(ReadOnlySpan<byte> bytes);

    /// <summary>Cuts the file to <paramref name="length"/> bytes.</summary>
    public abstract void Truncate(long length);

    /// <summary>Returns when everything appended is on the disk itself.</summary>
    public abstract void Sync();

    public abstract void Dispose();
}
