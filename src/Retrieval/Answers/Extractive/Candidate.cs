using GenAI.Retrieval.Answers.Tables;
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
        (Kind, Row) = Read(evidence, unit, Text);
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

    public UnitKind Kind { get; }

    /// <summary>The row of a table with what stands above it; null for what is none, or is not understood.</summary>
    public TableRow? Row { get; }

    /// <summary>What to add to the row's offsets to have those of the document.</summary>
    public int RowShift => Evidence.DocumentText is null ? Evidence.Start : 0;

    /// <summary>A row of a table: numbers that mean nothing without what stands above them.</summary>
    public bool IsRow => Kind == UnitKind.Row;

    /// <summary>Whether it belongs to a list or table whose beginning says what all of its members are about.</summary>
    public bool IsMember => Kind is UnitKind.Row or UnitKind.Item;

    public bool CanAnswer => (Unit with { Kind = Kind }).CanAnswer;

    public HashSet<string> Terms { get; }

    public HashSet<(string, string)> Pairs { get; }

    /// <summary>Offset in the document.</summary>
    public int DocumentStart => Evidence.Start + Unit.Start;

    private static (UnitKind Kind, TableRow? Row) Read(Evidence evidence, TextUnit unit, string text)
    {
        if (IsTitle(text, evidence))
        {
            return (UnitKind.Heading, null);
        }

        if (unit.Kind != UnitKind.Row)
        {
            return (unit.Kind, null);
        }

        var (source, shift) = evidence.DocumentText is { } document ? (document, evidence.Start) : (evidence.Text, 0);
        var (start, end) = (shift + unit.Start, shift + unit.End);
        return TableReader.Read(source, start, end) is { } row ? (UnitKind.Row, row)
            : (TableReader.IsColumnNames(source, start, end) ? UnitKind.ColumnNames : UnitKind.Row, null);
    }

    /// <summary>Formats other than Markdown keep a heading as a line like any other.</summary>
    private static bool IsTitle(string text, Evidence evidence) =>
        evidence.Headings.Any(heading => text.AsSpan().Trim("#* \t").Equals(heading.AsSpan().Trim("#* \t"), StringComparison.OrdinalIgnoreCase));
}
