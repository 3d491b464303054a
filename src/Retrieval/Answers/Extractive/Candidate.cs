using GenAI.Retrieval.Answers.Text;

namespace GenAI.Retrieval.Answers.Extractive;

/// <summary>One unit of one passage, with the words it is compared by.</summary>
internal sealed class Candidate
{
    public Candidate(Evidence evidence, int passage, int order, TextUnit unit)
    {
        Evidence = evidence;
        Passage = passage;
        Order = order;
        Unit = unit;
        Text = evidence.Text[unit.Start..unit.End];
        IsRow = TextUnits.IsRow(Text);
        Terms = AnswerWords.Content(Text).ToHashSet(StringComparer.Ordinal);
        Pairs = QuestionProfile.PairsOf(AnswerWords.All(Text));
    }

    public Evidence Evidence { get; }

    /// <summary>Rank of the passage, from 0.</summary>
    public int Passage { get; }

    /// <summary>Position among the passage's units, from 0.</summary>
    public int Order { get; }

    public TextUnit Unit { get; }

    public string Text { get; }

    /// <summary>A row of a table: numbers that mean nothing without what stands above them.</summary>
    public bool IsRow { get; }

    public HashSet<string> Terms { get; }

    public HashSet<(string, string)> Pairs { get; }

    /// <summary>Offset in the document.</summary>
    public int DocumentStart => Evidence.Start + Unit.Start;
}
