namespace GenAI.Retrieval.Answers.Extractive;

/// <summary>A unit with what speaks for it.</summary>
/// <param name="Before">The sentence before it, or what stands above the list or table that it belongs to.</param>
/// <param name="Score">How well it answers, comparable within one question among units of its kind.</param>
/// <param name="Odds">Log-odds that it answers at all, from the threshold of its kind; below 0 the sources count as silent.</param>
internal sealed record ScoredUnit(Candidate Candidate, Candidate? Before, double Score, double Odds)
{
    public UnitFeatures Features { get; init; }

    /// <summary>In place of the features of a sentence, for the row of a table that is understood.</summary>
    public RowFeatures Row { get; init; }

    /// <summary>What the embedder reads: a row by its names, anything else as it stands.</summary>
    public string MeaningText =>
        Candidate.Row is { } row ? RowText.Names(row)
        : Candidate.IsRow && Before is not null ? $"{Before.Text}: {Candidate.Text}"
        : Candidate.Text;
}
