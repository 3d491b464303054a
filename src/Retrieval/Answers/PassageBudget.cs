namespace GenAI.Retrieval.Answers;

/// <summary>What passages may cost the model that reads them.</summary>
/// <param name="Tokens">Tokens of all passages together.</param>
/// <param name="Cost">Tokens of one passage as it stands in the prompt. Safe for concurrent use.</param>
public sealed record PassageBudget(int Tokens, Func<Evidence, int> Cost);
