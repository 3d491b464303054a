using Microsoft.Win32.SafeHandles;

namespace GenAI.Retrieval.Storage;

/// <summary>A file on disk, written through the system's cache and synced on demand.</summary>
internal sealed class DiskFile : WritableFile
{
    private readonly SafeFileHandle _handle;
    private long _length;

    public DiskFile(string path, FileMode mode)
    {
        _handle = File.OpenHandle(path, mode, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);
        _length = RandomAccess.GetLength(_handle);
    }

    public override long Length => _length;

    public override void Append(ReadOnlySpan<byte> bytes)
    {
        RandomAccess.Write(_handle, bytes, _length);
        _length += bytes.Length;
    }

    public override void Truncate(long length)
    {
        RandomAccess.SetLength(_handle, length);
        _length = length;
    }

    public override void Sync() => RandomAccess.FlushToDisk(_handle);

    public override void Dispose() => _handle.Dispose();
}
