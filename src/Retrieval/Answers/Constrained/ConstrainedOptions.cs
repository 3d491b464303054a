using GenAI.Retrieval.Answers.Extractive;

namespace GenAI.Retrieval.Answers.Constrained;

/// <summary>How far the chat model's reading counts beside the extract's score.</summary>
public sealed class ConstrainedOptions
{
    public ExtractiveOptions Extract { get; init; } = new();

    /// <summary>Sentences the model reads; each costs one short prompt.</summary>
    public int MaxCandidates { get; init; } = 3;

    /// <summary>Only sentences whose score is this near to the best are worth the model's time; in log-odds.</summary>
    public double Doubt { get; init; } = 2;

    /// <summary>Log-odds that one nat per token of the question's likelihood is worth.</summary>
    public double LikelihoodWeight { get; init; } = .5;
}
