namespace GenAI.Retrieval.Answers.Extractive;

/// <summary>
/// The logistic model that says whether a row of a table answers. Trained on made-up reports of made-up companies with
/// questions on their rows, some of which nothing answers; how, and the figures, stand in eval/LOG.md.
/// </summary>
internal sealed record RowWeights
{
    /// <summary>With vectors of bge-small-en-v1.5: the cosine's weight belongs to its scale.</summary>
    public static RowWeights WithEmbedder { get; } = new() { Bias = -10, Cosine = 2.3, Label = 4.3, Context = 3, Period = 2.4, Missing = -5.2 };

    public static RowWeights WordsOnly { get; } = new() { Bias = -9.4, Label = 4.8, Context = 3.7, Period = 2.5, Missing = -6.9 };

    public double Bias { get; init; }

    public double Cosine { get; init; }

    public double Label { get; init; }

    public double Context { get; init; }

    public double Period { get; init; }

    public double Missing { get; init; }

    /// <summary>Log-odds that the row answers the question.</summary>
    public double Odds(in RowFeatures row) =>
        Bias + (Cosine * row.Cosine) + (Label * row.Label) + (Context * row.Context) + (Period * row.Period) + (Missing * row.Missing);
}
