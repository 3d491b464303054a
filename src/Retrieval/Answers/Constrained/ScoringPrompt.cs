namespace GenAI.Retrieval.Answers.Constrained;

/// <summary>A text, and what may follow it.</summary>
public sealed record ScoringPrompt(string Prompt, string Continuation);
