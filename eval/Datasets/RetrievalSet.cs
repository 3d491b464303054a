using GenAI.Eval.Client;

namespace GenAI.Eval.Datasets;

/// <summary>Documents, queries and judgements.</summary>
/// <param name="Queries">Judged queries only.</param>
/// <param name="Gains">For each query the gain of each relevant document.</param>
internal sealed record RetrievalSet(
    string Name,
    IReadOnlyList<LibraryDocument> Documents,
    IReadOnlyList<(string Id, string Text)> Queries,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Gains);
