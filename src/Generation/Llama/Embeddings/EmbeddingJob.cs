namespace GenAI.Generation.Llama.Embeddings;

/// <summary>One text's tokens and the vector that is wanted of them.</summary>
/// <param name="order">The job with the lowest goes first; no two are alike.</param>
internal sealed class EmbeddingJob(int[] tokens, long order, CancellationToken cancellationToken)
{
    /// <summary>By <see cref="Order"/>.</summary>
    public static IComparer<EmbeddingJob> ByOrder { get; } = Comparer<EmbeddingJob>.Create((left, right) => left.Order.CompareTo(right.Order));

    public long Order { get; } = order;

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
