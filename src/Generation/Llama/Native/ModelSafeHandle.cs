using Microsoft.Win32.SafeHandles;

namespace GenAI.Generation.Llama.Native;

/// <summary>A loaded model. Contexts hold a reference, so weights stay until the last one is gone.</summary>
internal sealed class ModelSafeHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        NativeMethods.ModelFree(handle);
        return true;
    }
}
