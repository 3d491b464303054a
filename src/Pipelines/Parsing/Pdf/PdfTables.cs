namespace GenAI.Pipelines.Parsing.Pdf;

/// <summary>Finds runs of lines that are rows of a table.</summary>
internal static class PdfTables
{
    private const int MaxCaptionCharacters = 90;
    private const int MaxCaptionLines = 4;
    private const int MaxHeaderLines = 6;

    /// <summary>A label without figures, such as "Current assets:", may stand between rows; more than this many end the table.</summary>
    private const int MaxLabelLines = 3;
    private const int MaxLabelCharacters = 180;

    /// <summary>For each table its first line, the line after its header, and the line after its last.</summary>
    public static List<(int First, int HeaderEnd, int End)> Find(IReadOnlyList<PdfLine> lines)
    {
        var tables = new List<(int, int, int)>();
        var index = 0;
        while (index < lines.Count)
        {
            if (!IsRow(lines[index]))
            {
                index++;
                continue;
            }

            var end = End(lines, index);
            var rows = 0;
            for (var row = index; row < end; row++)
            {
                rows += IsRow(lines[row]) ? 1 : 0;
            }

            if (rows >= 2)
            {
                var first = Caption(lines, index, tables.Count == 0 ? 0 : tables[^1].Item3);
                tables.Add((first, HeaderEnd(lines, index, end), end));
            }

            index = end;
        }

        return tables;
    }

    private static bool IsRow(PdfLine line) =>
        line.Cells.Count >= 3 || (line.Cells.Count == 2 && (line.Cells[1].StartsWithFigure || line.Cells[0].IsFigure));

    private static int End(IReadOnlyList<PdfLine> lines, int first)
    {
        var end = first + 1;
        for (var index = first + 1; index < lines.Count; index++)
        {
            if (IsRow(lines[index]))
            {
                end = index + 1;
            }
            else if (index - end >= MaxLabelLines || !IsLabel(lines[index], MaxLabelCharacters) || lines[index].Top - lines[index - 1].Bottom > 2.5f * lines[index].Height)
            {
                break;
            }
        }

        return end;
    }

    private static bool IsLabel(PdfLine line, int maxCharacters) =>
        line.Text.Length <= maxCharacters && !line.Text.EndsWith('.');

    /// <summary>Short lines right above the first row name the table and its unit, and go with it.</summary>
    private static int Caption(IReadOnlyList<PdfLine> lines, int row, int after)
    {
        var first = row;
        while (first > after
            && row - first < MaxCaptionLines
            && IsLabel(lines[first - 1], MaxCaptionCharacters)
            && lines[first].Top - lines[first - 1].Bottom < 2.5f * lines[first].Height)
        {
            first--;
        }

        return first;
    }

    /// <summary>The header ends before the first row that has a figure which is no year, and a label before it.</summary>
    private static int HeaderEnd(IReadOnlyList<PdfLine> lines, int first, int end)
    {
        for (var index = first; index < Math.Min(end, first + MaxHeaderLines); index++)
        {
            var cells = lines[index].Cells;
            if (cells.Count > 1 && !cells[0].IsFigure && cells.Skip(1).Any(cell => cell.IsFigure && !cell.IsYear))
            {
                return index;
            }
        }

        return Math.Min(first + 1, end);
    }
}
