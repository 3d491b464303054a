using GenAI.Retrieval.Filters;

namespace GenAI.Retrieval.Collections;

/// <summary>One search over one collection.</summary>
public sealed record SearchRequest
{
    /// <summary>The user's words, for the lexical leg; empty leaves that leg out.</summary>
    public required string Text { get; init; }

    /// <summary>Unit-length query embedding, for the vector leg; empty leaves that leg out.</summary>
    public ReadOnlyMemory<float> Vector { get; init; }

    /// <summary>How many hits to return.</summary>
    public int Top { get; init; } = 10;

    /// <summary>How many candidates each leg brings to the fusion.</summary>
    public int Candidates { get; init; } = 100;

    public Filter? Filter { get; init; }

    /// <summary>Labels the caller holds; null means no label check (the operator's own view).</summary>
    public IReadOnlySet<string>? Labels { get; init; }

    /// <summary>Weight of the lexical leg in the fusion.</summary>
    public double LexicalWeight { get; init; } = 1;

    /// <summary>Weight of the vector leg in the fusion.</summary>
    public double VectorWeight { get; init; } = 1;

    /// <summary>By how much the score of a passage grows whose document the text names whole by its file name, as a share of it: 2 trebles it, 0 leaves names out.</summary>
    public double NameWeight { get; init; }
}
