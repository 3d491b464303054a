namespace GenAI.Guardrails;

/// <summary>A request that a rail refused before any byte of the answer left; the message may be shown to the caller.</summary>
public sealed class GuardrailBlockedException(string message, IReadOnlyList<RailVerdict> verdicts) : Exception(message)
{
    public IReadOnlyList<RailVerdict> Verdicts { get; } = verdicts;
}
