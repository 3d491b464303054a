namespace GenAI.Retrieval.Answers.Extractive;

/// <summary>What speaks for a unit as the answer; every value lies between 0 and 1 (the cosine between -1 and 1).</summary>
/// <param name="Cosine">Likeness in meaning, or 0 without an embedder.</param>
/// <param name="Overlap">Share of the question's words in the unit, by rarity.</param>
/// <param name="Pairs">Share of the question's neighbouring words that are neighbours in the unit.</param>
/// <param name="Before">Share that the sentence before adds.</param>
/// <param name="Passage">Share in the whole passage, its headings and its file name.</param>
/// <param name="NamesCode">Whether the unit itself names an identifier of the question.</param>
/// <param name="Cue">Whether the unit holds the kind of thing asked for.</param>
internal readonly record struct UnitFeatures(
    double Cosine,
    double Overlap,
    double Pairs,
    double Before,
    double Passage,
    AnswerType? Cue,
    bool NamesCode,
    bool BeginsWithPronoun)
{
    /// <summary>Share of the question's proper names that the document, a long one, never writes.</summary>
    public double Missing { get; init; }
}
