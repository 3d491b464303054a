namespace GenAI.Guardrails;

/// <summary>One thing a rail found in a text.</summary>
/// <param name="Span">Where it stands in the text as it was given.</param>
/// <param name="Action">What the rail wants; <see cref="RailAction.Pass"/> means that it is only reported.</param>
/// <param name="Reason">Short machine-readable reason, such as <c>email</c>.</param>
public sealed record RailFinding(TextSpan Span, RailAction Action, string Reason)
{
    /// <summary>Name of the placeholder that a masked value becomes (<c>EMAIL</c> makes <c>&lt;EMAIL_1&gt;</c>); null takes the span out.</summary>
    public string? Label { get; init; }

    /// <summary>The value without its disguise, so that equal values get equal placeholders. Never logged.</summary>
    public string? Value { get; init; }

    /// <summary>For <see cref="RailAction.Block"/>: a sentence that may be shown to the caller.</summary>
    public string? Sentence { get; init; }
}
