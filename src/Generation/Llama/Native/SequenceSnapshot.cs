using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace GenAI.Generation.Llama.Native;

/// <summary>What a context's cache held of one sequence, in memory of its own. Fits contexts of the same model and settings only.</summary>
/// <remarks>Mapped rather than allocated: megabytes of every size come and go, and a heap in pieces gives none of them back.</remarks>
internal sealed class SequenceSnapshot : IDisposable
{
    private readonly MemoryMappedViewAccessor _view;

    private SequenceSnapshot(nuint bytes, MemoryMappedViewAccessor view)
    {
        Bytes = bytes;
        _view = view;
    }

    public nuint Bytes { get; }

    public SafeMemoryMappedViewHandle Data => _view.SafeMemoryMappedViewHandle;

    /// <returns>Null when there is no memory: a copy is a help, and nothing may fail for want of it.</returns>
    public static SequenceSnapshot? TryCreate(nuint bytes)
    {
        try
        {
            using var memory = MemoryMappedFile.CreateNew(mapName: null, checked((long)bytes));
            return new SequenceSnapshot(bytes, memory.CreateViewAccessor());
        }
        catch (Exception exception) when (exception is OutOfMemoryException or IOException)
        {
            return null;
        }
    }

    public void Dispose() => _view.Dispose();
}
