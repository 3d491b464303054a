using GenAI.Eval.Client;

namespace GenAI.Eval.Datasets;

/// <summary>Documents with questions on them.</summary>
internal sealed record AnswerSet(string Name, IReadOnlyList<LibraryDocument> Documents, IReadOnlyList<Question> Questions);
