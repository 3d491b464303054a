namespace GenAI.Generation;

/// <summary>A request that a model cannot serve; the message may be shown to the caller.</summary>
public sealed class GenerationException : Exception
{
    public GenerationException(GenerationFailure failure, string message)
        : base(message) => Failure = failure;

    public GenerationException(GenerationFailure failure, string message, Exception innerException)
        : base(message, innerException) => Failure = failure;

    public GenerationFailure Failure { get; }

    /// <summary>Tokens of the prompt, for <see cref="GenerationFailure.ContextLengthExceeded"/>.</summary>
    public int? PromptTokens { get; init; }

    /// <summary>Tokens the context holds, for <see cref="GenerationFailure.ContextLengthExceeded"/>.</summary>
    public int? ContextTokens { get; init; }

    /// <summary>The upstream's HTTP status, for <see cref="GenerationFailure.Upstream"/>.</summary>
    public int? UpstreamStatus { get; init; }
}
