namespace GenAI.Retrieval.Answers.Tables;

/// <summary>Names the columns of a row from the lines over it.</summary>
internal static class TableColumns
{
    /// <summary>A name for each of <paramref name="count"/> columns, or none unless some line has one cell for each.</summary>
    /// <remarks>
    /// Wide gaps are all that is left of a page's columns, so a cell is placed by counting. A line with one cell more names
    /// the labels too. A line with fewer is taken for names that span several columns each only when they are periods.
    /// </remarks>
    public static IReadOnlyList<string> Name(IReadOnlyList<TableLine> header, int count)
    {
        // More names than figures: some cells of the row are empty, and nothing says which.
        if (header.Any(line => line.Cells.Length > count + 1 || (line.Cells.Length == count + 1 && !IsStub(line.Cells[0]))))
        {
            return [];
        }

        var names = Enumerable.Repeat(string.Empty, count).ToArray();
        var isExact = false;
        foreach (var cells in header.Select(line => Cells(line, count)).OfType<string[]>())
        {
            isExact |= cells.Length == count;
            for (var column = 0; column < count; column++)
            {
                var cell = cells[column * cells.Length / count];
                names[column] = names[column].Length == 0 ? cell : $"{names[column]} {cell}";
            }
        }

        return isExact ? names : [];
    }

    /// <summary>Names the names of the rows, and is no column of its own.</summary>
    private static bool IsStub(string cell) => !FigureCell.HasYear(cell);

    private static string[]? Cells(TableLine line, int count)
    {
        var cells = line.Cells.Length == count + 1 ? line.Cells[1..] : line.Cells;
        var spans = cells.Length > 1 && cells.Length < count && count % cells.Length == 0 && cells.All(cell => FigureCell.IsPeriod(cell));
        return line.IsDrawn ? null : cells.Length == count && (count > 1 || line.Cells.Length == 2 || FigureCell.IsPeriod(cells[0])) ? cells : spans ? cells : null;
    }
}
