namespace GenAI.Eval.Client;

/// <summary>How much the words and the vectors count in a hybrid search; zero leaves a leg out.</summary>
internal sealed record SearchWeights(double Words, double Vectors);
