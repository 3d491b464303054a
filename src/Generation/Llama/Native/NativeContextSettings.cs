namespace GenAI.Generation.Llama.Native;

/// <summary>Sizes of a context, all in tokens but the threads.</summary>
internal sealed record NativeContextSettings
{
    public required int ContextTokens { get; init; }

    public required int BatchTokens { get; init; }

    public required int MicroBatchTokens { get; init; }

    public required int MaxSequences { get; init; }

    /// <summary>Tokens of one batch whose logits may be asked for.</summary>
    public required int MaxOutputs { get; init; }

    public required int Threads { get; init; }

    public bool Embeddings { get; init; }

    public PoolingType Pooling { get; init; } = PoolingType.Unspecified;
}
