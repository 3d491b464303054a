using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace GenAI.Generation.Llama.Native;

/// <summary>What a context's cache held of one sequence, in memory of its own. Fits contexts of the same model and settings only.</summary>
internal sealed unsafe class SequenceSnapshot : SafeHandleZeroOrMinusOneIsInvalid
{
    private SequenceSnapshot(nuint bytes, nint memory)
        : base(ownsHandle: true)
    {
        Bytes = bytes;
        SetHandle(memory);
    }

    public nuint Bytes { get; }

    /// <returns>Null when there is no memory: a copy is a help, and nothing may fail for want of it.</returns>
    public static SequenceSnapshot? TryCreate(nuint bytes)
    {
        try
        {
            return new SequenceSnapshot(bytes, (nint)NativeMemory.Alloc(bytes));
        }
        catch (OutOfMemoryException)
        {
            return null;
        }
    }

    protected override bool ReleaseHandle()
    {
        NativeMemory.Free((void*)handle);
        return true;
    }
}
