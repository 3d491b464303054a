using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace GenAI.Generation.Llama.Native;

/// <summary>What a context's cache held of one sequence, in memory of its own. Fits contexts of the same model and settings only.</summary>
internal sealed unsafe class SequenceSnapshot : SafeHandleZeroOrMinusOneIsInvalid
{
    public SequenceSnapshot(nuint bytes)
        : base(ownsHandle: true)
    {
        Bytes = bytes;
        SetHandle((nint)NativeMemory.Alloc(bytes));
    }

    public nuint Bytes { get; }

    protected override bool ReleaseHandle()
    {
        NativeMemory.Free((void*)handle);
        return true;
    }
}
