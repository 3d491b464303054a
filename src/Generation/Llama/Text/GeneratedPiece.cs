namespace GenAI.Generation.Llama.Text;

/// <summary>A piece of an answer with the log-probabilities of its tokens, when they were asked for.</summary>
internal sealed record GeneratedPiece(string Text, IReadOnlyList<TokenLogProb> LogProbs)
{
    public static GeneratedPiece Empty { get; } = new(string.Empty, []);

    public bool IsEmpty => Text.Length == 0 && LogProbs.Count == 0;
}
