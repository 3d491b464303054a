namespace GenAI.Retrieval.Answers.Extractive;

/// <summary>A unit with its features and score.</summary>
/// <param name="Before">The sentence before it, or what stands above the table for a row.</param>
internal sealed record ScoredUnit(Candidate Candidate, Candidate? Before, UnitFeatures Features, double Score)
{
    /// <summary>What the embedder reads: a row with its caption, anything else alone.</summary>
    public string MeaningText => Candidate.IsRow && Before is not null ? $"{Before.Text}: {Candidate.Text}" : Candidate.Text;
}
