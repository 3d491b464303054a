using System.Text.RegularExpressions;

namespace GenAI.Retrieval.Answers.Tables;

/// <summary>Reads a line as the row of a table: its name, its figures, and from the lines above it the columns, the group and the unit.</summary>
internal static partial class TableReader
{
    /// <summary>A longer table is a list of records, and its header is looked for no further up.</summary>
    private const int MaxAbove = 12_000;

    private const int MaxHeader = 600;
    private const int MaxCaption = 300;

    /// <summary>The row, or null when the line is none that has a name and a value.</summary>
    public static TableRow? Read(string text, int start, int end)
    {
        var row = TableLine.Of(text, start, end);
        if (!row.HasBars && !row.IsData)
        {
            return null;
        }

        var above = Above(text, start);
        var rule = row.HasBars ? above.FindLastIndex(line => line.IsDrawn) : -1;
        var header = row.HasBars ? HeaderWithBars(above, rule) : Header(above);
        if (row.HasBars && (!row.HasLabel || header.Count == 0))
        {
            return null;
        }

        var values = row.Cells[1..];
        var body = above.Skip(row.HasBars ? Math.Max(rule + 1, header.Count) : header.Count).ToList();
        var (label, from) = Label(row, body);
        var titles = header.Where(line => line.Cells.Length == 1 && !line.IsDrawn && !IsColumnName(line)).ToList();
        var place = header.Count > 0 ? (header[0].Start, header[^1].End) : (Start: start, End: start);
        if (titles.Count == 0 && Before(text, above.Count > 0 ? above[0].Start : start) is { } before)
        {
            titles = [TableLine.Of(text, before.Start, before.End)];

            // Quoted only for the unit that it gives: a title over column names says nothing that the answer repeats.
            place = UnitWords().IsMatch(text[before.Start..before.End]) ? (before.Start, header.Count > 0 ? place.End : before.End) : place;
        }

        // A caption far off is left out of the quote rather than the names of the columns.
        place = place.End - place.Start > MaxHeader && header.Find(line => line.Cells.Length > 1) is { } names ? (names.Start, header[^1].End) : place;
        place.End = Math.Min(place.End, place.Start + MaxHeader);
        var caption = string.Join(' ', titles.Select(line => text[line.Start..line.End].Trim()));
        var unit = Unit(caption, header);
        return new TableRow(
            label,
            values,
            TableColumns.Name(header, values.Length),
            Group(body, from),
            caption,
            text.AsSpan(place.Start, place.End - place.Start).Contains(unit, StringComparison.Ordinal) ? unit : string.Empty,
            from,
            end,
            place.Start,
            place.End)
        {
            Headers = [.. header.Where(line => line.Cells.Length > 1 && !line.IsDrawn).SelectMany(line => line.Cells)],
        };
    }

    /// <summary>Whether a line only names the columns of what stands below.</summary>
    public static bool IsColumnNames(string text, int start, int end)
    {
        var line = TableLine.Of(text, start, end);
        return !line.HasBars && line.Cells.Length > 1 && !line.IsData && line.Cells.Any(cell => FigureCell.IsPeriod(cell));
    }

    /// <summary>The lines between the row and the blank line over its table.</summary>
    private static List<TableLine> Above(string text, int start)
    {
        var lines = new List<TableLine>();
        var end = start - 1;
        while (end > 0 && text[end] == '\n' && start - end < MaxAbove)
        {
            var lineStart = text.LastIndexOf('\n', end - 1) + 1;
            if (text.AsSpan(lineStart, end - lineStart).IsWhiteSpace())
            {
                break;
            }

            lines.Add(TableLine.Of(text, lineStart, end));
            end = lineStart - 1;
        }

        lines.Reverse();
        return lines;
    }

    /// <summary>The lines before the first figures; a single one below the column names is a group of rows already.</summary>
    private static List<TableLine> Header(List<TableLine> above)
    {
        var lines = above.TakeWhile(line => !line.IsData).ToList();
        var names = lines.FindLastIndex(line => line.Cells.Length > 1 || IsColumnName(line));
        return names < 0 ? lines : lines[..(names + 1)];
    }

    private static List<TableLine> HeaderWithBars(List<TableLine> above, int rule) =>
        rule > 0 ? [above[rule - 1]] : above.Find(line => line.HasBars && !line.IsDrawn) is { } first ? [first] : [];

    /// <summary>A name that begins in lower case goes on from the line above it.</summary>
    private static (string Label, int Start) Label(TableLine row, List<TableLine> body)
    {
        var label = row.Cells[0];
        return char.IsLower(label[0]) && body.Count > 0 && body[^1] is { Cells: [var beginning] } before && !beginning.EndsWith(':')
            ? ($"{beginning} {label}", before.Start)
            : (label, row.Start);
    }

    /// <summary>The nearest line without figures, unless a total closed what it named.</summary>
    private static TableLine? Group(List<TableLine> body, int rowStart)
    {
        foreach (var line in body.AsEnumerable().Reverse().Where(line => line.Start < rowStart))
        {
            if (line.Cells is [var name] && name.Any(char.IsLetter) && !line.IsDrawn)
            {
                return line;
            }

            if (line.Cells[0].StartsWith("Total", StringComparison.OrdinalIgnoreCase))
            {
                break;
            }
        }

        return null;
    }

    private static bool IsColumnName(TableLine line) => FigureCell.IsPeriod(line.Cells[0]) && line.Cells[0].Length < 40;

    /// <summary>The paragraph before a table, where it is short or leads to the table with a colon.</summary>
    private static (int Start, int End)? Before(string text, int tableStart)
    {
        var end = tableStart;
        while (end > 0 && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        var start = end == 0 ? 0 : text.LastIndexOf('\n', end - 1) + 1;
        var length = end - start;
        return length is > 0 and <= MaxCaption && text[end - 1] is not ('.' or '|') ? (start, end) : null;
    }

    private static string Unit(string caption, List<TableLine> header) =>
        header.Where(line => line.Cells.Length > 1).Select(line => line.Cells[0]).Append(caption)
            .Select(text => UnitWords().Match(text)).FirstOrDefault(match => match.Success)?.Value.Trim('(', ')', ' ') ?? string.Empty;

    [GeneratedRegex(@"\([^()]{0,60}\b(?:in )?(?:millions?|thousands?|billions?)\b[^()]{0,60}\)|(?:(?:[$€£] and shares|[$€£]|dollars|amounts|euros) )?in (?:millions|thousands|billions)\b(?:, except per share (?:amounts|data))?", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UnitWords();
}
