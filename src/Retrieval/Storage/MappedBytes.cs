using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace GenAI.Retrieval.Storage;

/// <summary>A file mapped into memory: the system keeps in RAM what is used and may drop the rest.</summary>
/// <remarks>The mapping ends when the object is collected, so no reader can lose the ground under its feet.</remarks>
internal sealed unsafe class MappedBytes : StoredBytes
{
    private readonly SafeMemoryMappedViewHandle? _view;
    private readonly byte* _start;

    public MappedBytes(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        Length = file.Length;
        if (Length == 0)
        {
            return; // An empty file cannot be mapped.
        }

        using var mapping = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        using var accessor = mapping.CreateViewAccessor(0, Length, MemoryMappedFileAccess.Read);
        var added = false;
        accessor.SafeMemoryMappedViewHandle.DangerousAddRef(ref added);
        _view = accessor.SafeMemoryMappedViewHandle;
        _start = (byte*)_view.DangerousGetHandle() + accessor.PointerOffset;
    }

    ~MappedBytes() => _view?.DangerousRelease();

    public override long Length { get; }

    public override ReadOnlySpan<byte> Slice(long offset, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + length, Length, nameof(length));
        return new ReadOnlySpan<byte>(_start + offset, length);
    }
}
