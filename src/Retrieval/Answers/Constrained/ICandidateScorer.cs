namespace GenAI.Retrieval.Answers.Constrained;

/// <summary>A language model that says how likely one text is after another. Safe for concurrent use.</summary>
public interface ICandidateScorer
{
    /// <summary>For each prompt the mean natural-log probability per token of its continuation, in the order given.</summary>
    Task<IReadOnlyList<double>> ScoreAsync(IReadOnlyList<ScoringPrompt> prompts, CancellationToken cancellationToken);
}
