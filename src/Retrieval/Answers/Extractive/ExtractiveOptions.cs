namespace GenAI.Retrieval.Answers.Extractive;

/// <summary>How the extract is chosen.</summary>
public sealed class ExtractiveOptions
{
    /// <summary>Words that the embedder's model wants before a query and not before a passage.</summary>
    public string QueryPrefix { get; init; } = string.Empty;

    /// <summary>Units that the embedder reads: the best by words. Each costs some ten milliseconds on two cores, and twelve answer as well as forty.</summary>
    public int MaxEmbedded { get; init; } = 12;

    /// <summary>Most sentences of one answer.</summary>
    public int MaxSentences { get; init; } = 3;

    /// <summary>A further sentence joins the best one when its score is this near; in log-odds.</summary>
    public double Margin { get; init; } = 2;

    /// <summary>The same for rows of tables, whose names are short and cheap to read.</summary>
    public int MaxEmbeddedRows { get; init; } = 12;

    /// <summary>A further row joins the best one when its log-odds are this near.</summary>
    public double RowMargin { get; init; } = 1;

    /// <summary>Log-odds below which the best row of a table does not answer.</summary>
    public double RowThreshold { get; init; } = -2;

    /// <summary>Log-odds below which the sources count as silent.</summary>
    public double AnswerableThreshold { get; init; } = -.5;
}
