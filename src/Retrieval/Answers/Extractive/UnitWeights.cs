namespace GenAI.Retrieval.Answers.Extractive;

/// <summary>
/// Weights learnt by pairwise logistic regression (a gold sentence against each other sentence of eight passages), and of
/// the logistic model that says whether the best unit answers at all. Trained on XQuAD's English paragraphs and
/// cross-validated by article; the figures stand in eval/LOG.md.
/// </summary>
internal sealed record UnitWeights
{
    /// <summary>With vectors of bge-small-en-v1.5: the cosine's weight belongs to its scale.</summary>
    public static UnitWeights WithEmbedder { get; } = new()
    {
        Cosine = 14.5, Overlap = 1.92, Pairs = 2.31, Before = 4.05, Passage = 5.47, Number = 2.22, Date = 1.70, Person = 2.81, Place = 1.27,
        Reason = .53, Pronoun = .59, Lesser = 1.48, Product = 2.74,
        SilentCosine = 15.73, SilentOverlap = 1.30, SilentPairs = 2.83, SilentPassage = 5.80, SilentBias = -13.82,
        Code = 3,
    };

    public static UnitWeights WordsOnly { get; } = new()
    {
        Overlap = 10.3, Pairs = 4.36, Before = 4.88, Passage = 5.82, Number = 2.12, Date = 1.91, Person = 2.28, Place = .95, Reason = 1.31,
        Pronoun = .05,
        SilentOverlap = 3.06, SilentPairs = 4.76, SilentPassage = 5.23, SilentBias = -4.5,
        Code = 4,
    };

    public double Cosine { get; init; }

    public double Overlap { get; init; }

    public double Pairs { get; init; }

    public double Before { get; init; }

    public double Passage { get; init; }

    public double Number { get; init; }

    public double Date { get; init; }

    public double Person { get; init; }

    public double Place { get; init; }

    public double Reason { get; init; }

    public double Pronoun { get; init; }

    /// <summary>Weight of the lesser of overlap and cosine.</summary>
    public double Lesser { get; init; }

    /// <summary>Weight of overlap times cosine.</summary>
    public double Product { get; init; }

    /// <summary>Set by hand, as XQuAD has too few identifiers to learn it: a unit that names the very code asked about answers.</summary>
    public double Code { get; init; }

    /// <summary>As the rows of tables have it: XQuAD's documents are single paragraphs, too short to miss a name.</summary>
    public double Missing { get; init; } = -5.2;

    public double SilentCosine { get; init; }

    public double SilentOverlap { get; init; }

    public double SilentPairs { get; init; }

    public double SilentPassage { get; init; }

    public double SilentBias { get; init; }

    /// <summary>How well a unit answers, comparable within one question.</summary>
    public double Score(in UnitFeatures unit) =>
        (Cosine * unit.Cosine) + (Overlap * unit.Overlap) + (Pairs * unit.Pairs) + (Before * unit.Before) + (Passage * unit.Passage)
        + Cue(unit.Cue) + (unit.BeginsWithPronoun ? Pronoun : 0) + (unit.NamesCode ? Code : 0)
        + (Missing * unit.Missing)
        + (Lesser * Math.Min(unit.Overlap, unit.Cosine)) + (Product * unit.Overlap * unit.Cosine);

    /// <summary>Log-odds that the passages answer the question, from their best unit.</summary>
    public double Answerable(in UnitFeatures unit) =>
        SilentBias + (SilentCosine * unit.Cosine) + (SilentOverlap * unit.Overlap) + (SilentPairs * unit.Pairs) + (SilentPassage * unit.Passage)
        + (Missing * unit.Missing) + (unit.NamesCode ? Code : 0);

    private double Cue(AnswerType? cue) => cue switch
    {
        AnswerType.Number => Number,
        AnswerType.Date => Date,
        AnswerType.Person => Person,
        AnswerType.Place => Place,
        AnswerType.Reason => Reason,
        _ => 0,
    };
}
