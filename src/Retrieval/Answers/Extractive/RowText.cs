using GenAI.Retrieval.Answers.Tables;
using GenAI.Retrieval.Answers.Text;

namespace GenAI.Retrieval.Answers.Extractive;

/// <summary>Writes the row of a table so that it can be read alone: "Net sales (in millions): 178 (2017); 136 (2016)".</summary>
internal static class RowText
{
    private const int MaxValues = 8;
    private const int MaxNames = 300;

    /// <summary>All words are the document's; the columns that the question names come first.</summary>
    public static string Write(TableRow row, QuestionProfile question)
    {
        var isExact = row.Columns.Count == row.Values.Count;
        var values = Enumerable.Range(0, row.Values.Count)
            .Where(column => row.Values[column].Length > 0)
            .OrderByDescending(column => isExact ? Asked(row.Columns, column, question) : 0)
            .Take(MaxValues)
            .Select(column => isExact && row.Columns[column].Length > 0 ? $"{row.Values[column]} ({row.Columns[column]})" : row.Values[column]);
        var unit = row.Unit.Length > 0 ? $" ({row.Unit})" : string.Empty;
        return OneLine($"{Name(row)}{unit}: {string.Join("; ", values)}");
    }

    /// <summary>Everything that says what the row is about, and none of its figures.</summary>
    public static string Names(TableRow row)
    {
        var names = OneLine(string.Join(": ", new[] { row.Caption, row.GroupName, row.Label }.Where(name => name.Length > 0))
            + (row.Columns.Count > 0 ? $" ({string.Join(", ", row.Columns)})" : string.Empty));
        return names.Length <= MaxNames ? names : names[..(char.IsHighSurrogate(names[MaxNames - 1]) ? MaxNames - 1 : MaxNames)];
    }

    /// <summary>A name of one word ("Basic") says too little without its group.</summary>
    public static bool SaysGroup(TableRow row) => row.Group is not null && AnswerWords.Content(row.Label).Count == 1;

    private static string Name(TableRow row)
    {
        var label = row.Label.TrimEnd(':');
        return SaysGroup(row) ? $"{row.GroupName}, {label}" : label;
    }

    /// <summary>How many words of the question name this column and not all of them; among columns of one year the whole year, or the quarter where it is asked for.</summary>
    private static double Asked(IReadOnlyList<string> columns, int column, QuestionProfile question)
    {
        var others = columns.Where((_, other) => other != column).Select(other => FileNameWords(other)).ToList();
        var words = FileNameWords(columns[column]);
        var named = words.Count(word => (question.Terms.Contains(word) || question.Years.Contains(word)) && !others.TrueForAll(other => other.Contains(word)));
        return named + (named > 0 && words.Contains("three") == question.AsksForQuarter ? .5 : 0);
    }

    private static HashSet<string> FileNameWords(string text) => [.. Naming.FileNameWords.Of(text)];

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
