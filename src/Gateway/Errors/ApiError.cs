namespace GenAI.Gateway.Errors;

/// <summary>An error as the wire shows it: <c>{"error":{"message","type","param","code"}}</c>.</summary>
/// <param name="Status">HTTP status, which also decides the exception class of the official SDKs.</param>
/// <param name="Type">One of <see cref="ApiErrorTypes"/>.</param>
/// <param name="Code">Machine-readable code; always a string, because typed clients fail on numbers.</param>
/// <param name="Message">A sentence that says what to do. SDK exceptions show nothing but this text.</param>
/// <param name="Param">The request field at fault, such as <c>messages[2].content</c>.</param>
internal sealed record ApiError(int Status, string Type, string Code, string Message, string? Param = null)
{
    /// <summary>Tokens of the prompt, for tools that read llama-server's overflow fields.</summary>
    public int? PromptTokens { get; init; }

    /// <summary>Tokens the context holds, for tools that read llama-server's overflow fields.</summary>
    public int? ContextTokens { get; init; }

    /// <summary>When to come back. Keep it small: SDKs give up above 120 s.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Overrides the SDKs' own retry rules when set.</summary>
    public bool? ShouldRetry { get; init; }
}
