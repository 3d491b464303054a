namespace GenAI.Guardrails;

/// <summary>Keys of <c>AdditionalProperties</c> on responses and updates that the guard writes.</summary>
public static class GuardrailPropertyNames
{
    /// <summary>IReadOnlyList&lt;RailVerdict&gt;: input verdicts on the first update, output verdicts on the last, all of them on a whole response.</summary>
    public const string Verdicts = "guard_verdicts";

    /// <summary>Token probabilities of the generation engine: they spell the text out, so they go when the guard changed it.</summary>
    internal const string LogProbs = "logprobs";

    /// <summary>Sentence (string) to show in place of a blocked answer.</summary>
    public const string Refusal = "guard_refusal";
}
