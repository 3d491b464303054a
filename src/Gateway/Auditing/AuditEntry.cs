using GenAI.Guardrails;

namespace GenAI.Gateway.Auditing;

/// <summary>One line of the audit log. It holds figures and verdicts, never what was said.</summary>
internal sealed record AuditEntry
{
    public required DateTimeOffset Time { get; init; }

    public required string RequestId { get; init; }

    public required string Principal { get; init; }

    public required string Tenant { get; init; }

    /// <summary>Such as <c>chat</c> or <c>embeddings</c>.</summary>
    public required string Operation { get; init; }

    public required string Model { get; init; }

    public int Choice { get; init; }

    public int RetryCount { get; init; }

    /// <summary>completed, cancelled, blocked or failed.</summary>
    public required string Outcome { get; init; }

    public string? FinishReason { get; init; }

    public string? AnswerPolicy { get; init; }

    /// <summary>Exception type when the call failed.</summary>
    public string? Failure { get; init; }

    public long InputTokens { get; init; }

    public long CachedInputTokens { get; init; }

    public long OutputTokens { get; init; }

    /// <summary>engine, counted (by us, after a cut) or none (no model took part).</summary>
    public string UsageSource { get; init; } = "none";

    public TimeSpan Duration { get; init; }

    public TimeSpan? TimeToFirstChunk { get; init; }

    public IReadOnlyList<RailVerdict> Verdicts { get; init; } = [];
}
