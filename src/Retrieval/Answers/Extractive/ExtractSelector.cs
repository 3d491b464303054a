using GenAI.Retrieval.Answers.Text;

namespace GenAI.Retrieval.Answers.Extractive;

/// <summary>Decides from scored units whether to answer, and with which.</summary>
internal sealed class ExtractSelector(ExtractiveOptions options)
{
    public static bool Abstains(List<ScoredUnit> units) => units.Count == 0 || units[0].Odds < 0;

    /// <summary>The best unit and those near it, rows with the names of their columns; the same words are not said twice.</summary>
    public List<Candidate> Choose(List<ScoredUnit> units)
    {
        var chosen = new List<Candidate>();
        var columnNames = new List<Candidate>();
        foreach (var unit in units)
        {
            if (chosen.Count == options.MaxSentences || units[0].Score - unit.Score > options.Margin)
            {
                break;
            }

            if (!chosen.Exists(other => IsSame(other, unit.Candidate)))
            {
                chosen.Add(unit.Candidate);
                if (unit.Candidate.Row is null && unit.Before is { Kind: UnitKind.ColumnNames } names && !columnNames.Exists(other => IsSame(other, names)))
                {
                    columnNames.Add(names);
                }
            }
        }

        return [.. chosen, .. columnNames];
    }

    private static bool IsSame(Candidate one, Candidate other) =>
        string.Equals(one.Text, other.Text, StringComparison.Ordinal)
        || (string.Equals(one.Evidence.DocumentId, other.Evidence.DocumentId, StringComparison.Ordinal)
            && one.DocumentStart < other.DocumentStart + other.Text.Length
            && other.DocumentStart < one.DocumentStart + one.Text.Length);
}
