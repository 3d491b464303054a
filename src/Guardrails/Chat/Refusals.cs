namespace GenAI.Guardrails.Chat;

/// <summary>The sentence shown for a block.</summary>
internal static class Refusals
{
    public static string Sentence(RailFinding block) =>
        block.Sentence ?? "This was stopped by a rule of the operator.";
}
