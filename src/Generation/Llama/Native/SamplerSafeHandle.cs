using Microsoft.Win32.SafeHandles;

namespace GenAI.Generation.Llama.Native;

/// <summary>A native sampler (only grammars are used); it reads the vocabulary of the model that it keeps alive.</summary>
internal sealed class SamplerSafeHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    private ModelSafeHandle? _model;

    public void AttachModel(ModelSafeHandle model)
    {
        var added = false;
        model.DangerousAddRef(ref added);
        _model = added ? model : null;
    }

    protected override bool ReleaseHandle()
    {
        NativeMethods.SamplerFree(handle);
        _model?.DangerousRelease();
        return true;
    }
}
