namespace GenAI.Retrieval.Answers.Generated;

/// <summary>Evidence as a model reads it, and which of it was let in.</summary>
internal sealed record PackedContext(string Text, IReadOnlyList<Evidence> Evidence);
