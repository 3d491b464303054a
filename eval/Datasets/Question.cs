namespace GenAI.Eval.Datasets;

/// <summary>A question with its accepted answers.</summary>
/// <param name="DocumentId">The document that holds the answer; null for a question that no document answers.</param>
/// <param name="Pages">Pages of the evidence, from 1; empty where there are none.</param>
internal sealed record Question(string Id, string Text, IReadOnlyList<string> Answers, string? DocumentId, IReadOnlyList<int> Pages);
