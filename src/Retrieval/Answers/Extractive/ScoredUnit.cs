namespace GenAI.Retrieval.Answers.Extractive;

/// <summary>A unit with its features and score.</summary>
internal sealed record ScoredUnit(Candidate Candidate, UnitFeatures Features, double Score);
