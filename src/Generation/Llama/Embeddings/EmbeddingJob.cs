namespace GenAI.Generation.Llama.Embeddings;

/// <summary>One text's tokens and the vector that is wanted of them.</summary>
internal sealed class EmbeddingJob(int[] tokens, CancellationToken cancellationToken)
{
    private readonly TaskCompletionSource<float[]> _vector = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int[] Tokens { get; } = tokens;

    public Task<float[]> Vector => _vector.Task;

    /// <summary>True when its caller went away; the job is then done.</summary>
    public bool TryCancel()
    {
        if (cancellationToken.IsCancellationRequested)
        {
            _vector.TrySetCanceled(cancellationToken);
            return true;
        }

        return false;
    }

    public void Complete(float[] vector) => _vector.TrySetResult(vector);

    public void Fail(Exception exception) => _vector.TrySetException(exception);
}
