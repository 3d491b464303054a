using Microsoft.Win32.SafeHandles;

namespace GenAI.Generation.Llama.Native;

/// <summary>A context (cache and compute buffers) of a model, which it keeps alive.</summary>
internal sealed class ContextSafeHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    private ModelSafeHandle? _model;

    /// <summary>Keeps the model until this context is freed.</summary>
    public void AttachModel(ModelSafeHandle model)
    {
        var added = false;
        model.DangerousAddRef(ref added);
        _model = added ? model : null;
    }

    protected override bool ReleaseHandle()
    {
        NativeMethods.ContextFree(handle);
        _model?.DangerousRelease();
        return true;
    }
}
