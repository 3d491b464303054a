namespace GenAI.Retrieval.Answers;

/// <summary>Names shown in <c>x_answer_policy</c> and used in configuration.</summary>
public static class AnswerPolicyNames
{
    /// <summary>Best supported sentences, word for word; no chat model takes part.</summary>
    public const string Extractive = "extractive";

    /// <summary>The chat model writes freely over the packed context.</summary>
    public const string Generated = "generated";

    /// <summary>The chat model writes under a grammar and is checked against the evidence; the extract is the fallback.</summary>
    public const string Constrained = "constrained";
}
