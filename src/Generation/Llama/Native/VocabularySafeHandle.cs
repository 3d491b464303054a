using Microsoft.Win32.SafeHandles;

namespace GenAI.Generation.Llama.Native;

/// <summary>
/// A model's vocabulary. The memory is the model's, which this handle keeps alive: a call that is under way when the
/// model is disposed ends in peace, one that begins later gets an <see cref="ObjectDisposedException"/>.
/// </summary>
internal sealed class VocabularySafeHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
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
        _model?.DangerousRelease();
        return true;
    }
}
