using GenAI.Retrieval.Filters;

namespace GenAI.Pipelines.VectorStores;

/// <summary>One search over one or several vector stores.</summary>
public sealed record VectorStoreQuery
{
    public required IReadOnlyList<string> StoreIds { get; init; }

    /// <summary>Ways to put the question; a passage counts as well as its best one says.</summary>
    public required IReadOnlyList<string> Texts { get; init; }

    public Filter? Filter { get; init; }

    /// <summary>Labels the caller holds; null means no label check.</summary>
    public IReadOnlySet<string>? Labels { get; init; }

    public int Top { get; init; } = 10;

    public double LexicalWeight { get; init; } = 1;

    public double VectorWeight { get; init; } = 1;

    /// <summary>By how much the score of a passage grows whose document the text names whole by its file name.</summary>
    public double NameWeight { get; init; } = 2;
}
