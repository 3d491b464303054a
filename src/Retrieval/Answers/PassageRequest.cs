using GenAI.Retrieval.Filters;

namespace GenAI.Retrieval.Answers;

/// <summary>What to look for, and where.</summary>
/// <param name="Question">The question in words that stand alone.</param>
public sealed record PassageRequest(
    string Question,
    IReadOnlyList<string> VectorStoreIds,
    Filter? Filter,
    int Top,
    IReadOnlySet<string>? Labels)
{
    /// <summary>What the passages may cost a model that reads them; null where none does.</summary>
    public PassageBudget? Budget { get; init; }
}
