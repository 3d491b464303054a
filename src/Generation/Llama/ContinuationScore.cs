namespace GenAI.Generation.Llama;

/// <summary>How likely a text is after a prompt.</summary>
/// <param name="LogProbability">Sum of the natural-log probabilities of its tokens.</param>
/// <param name="Tokens">Number of these tokens; divide by it to compare texts of different lengths.</param>
public sealed record ContinuationScore(string Text, double LogProbability, int Tokens)
{
    public double MeanLogProbability => Tokens == 0 ? 0 : LogProbability / Tokens;
}
