namespace GenAI.Retrieval.Answers;

/// <summary>Sentences that answers use where the sources give none.</summary>
internal static class AnswerText
{
    public const string Silent = "The documents do not answer this question.";

    public const string NothingFound = "No passage in the documents matches this question.";

    /// <summary>Whether a model said what it was told to say where the passages are silent, with or without its full stop.</summary>
    public static bool IsSilent(string answer) =>
        answer.AsSpan().Trim().TrimEnd('.').Equals(Silent.AsSpan().TrimEnd('.'), StringComparison.OrdinalIgnoreCase);

    public static Answer Abstain(string policy, bool nothingFound) =>
        new(nothingFound ? NothingFound : Silent, [], policy, Abstained: true);
}
