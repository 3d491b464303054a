using System.Buffers;
using System.Text.RegularExpressions;

namespace GenAI.Retrieval.Answers.Tables;

/// <summary>A line of a document, cut into the cells of a table: at bars, tabs or wide gaps, else before the figures at its end.</summary>
internal sealed partial class TableLine
{
    private static readonly SearchValues<char> s_drawn = SearchValues.Create("-=|:+*_ \t\r");

    private TableLine(int start, int end, string[] cells, bool hasBars)
    {
        Start = start;
        End = end;
        Cells = cells;
        HasBars = hasBars;
    }

    public int Start { get; }

    public int End { get; }

    public string[] Cells { get; }

    public bool HasBars { get; }

    /// <summary>Only drawn, as the line under the column names of Markdown is.</summary>
    public bool IsDrawn { get; private init; }

    /// <summary>The first cell names what the others hold.</summary>
    public bool HasLabel => Cells.Length > 1 && Cells[0].Any(char.IsLetter) && !FigureCell.IsFigure(Cells[0]);

    /// <summary>A label with figures that are no years.</summary>
    public bool IsData => HasLabel && Cells.Skip(1).Any(cell => FigureCell.IsFigure(cell) && !FigureCell.IsYear(cell));

    public static TableLine Of(string text, int start, int end)
    {
        var line = text[start..end].Trim();
        var hasBars = line.StartsWith('|') || line.Contains(" | ", StringComparison.Ordinal);
        var cells = hasBars
            ? [.. line.Trim('|').Split('|').Select(cell => cell.Trim())]
            : Gap().Split(line);
        return new TableLine(start, end, cells.Length == 1 ? SplitFigures(line) : cells, hasBars)
        {
            IsDrawn = line.Length > 0 && !line.AsSpan().ContainsAnyExcept(s_drawn),
        };
    }

    /// <summary>Two figures or more at the end of a line whose gaps were lost.</summary>
    private static string[] SplitFigures(string line)
    {
        var match = Figures().Match(line);
        return match.Success && match.Groups["figure"].Captures.Count > 1
            ? [line[..match.Index].TrimEnd(), .. match.Groups["figure"].Captures.Reverse().Select(figure => figure.Value.Trim())]
            : [line];
    }

    [GeneratedRegex(@"\t+| {2,}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Gap();

    // From the end, and with one way to read each gap: what is no row, however long, is known by its last cell.
    [GeneratedRegex(@"(?:\s(?<figure>[$€£¥]?\s?\(?[-–−]?\d[\d.,]*(?<![.,])\)?(?:\s?%)?|[–—-]))+$", RegexOptions.ExplicitCapture | RegexOptions.RightToLeft, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Figures();
}
