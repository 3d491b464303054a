using AngleSharp.Html.Dom;

namespace GenAI.Pipelines.Parsing.Html;

/// <summary>Tells a table of data from one that only lays out the page, and reads its cells.</summary>
internal static class HtmlTable
{
    private const int MaxColumns = 512;

    public static bool TryRead(IHtmlTableElement table, out IReadOnlyList<IReadOnlyList<string>> rows, out int headerRows)
    {
        rows = [];
        headerRows = 0;
        if (table.QuerySelector("table") is not null)
        {
            return false;
        }

        var read = table.Rows.Where(row => !HtmlText.IsHidden(row)).ToList();
        if (!read.Any(row => row.Cells.Length > 1))
        {
            return false;
        }

        rows = [.. read.Select(Cells)];
        var marked = read.TakeWhile(row => row.ParentElement is { LocalName: "thead" } || row.Cells.All(cell => cell.LocalName == "th")).Count();
        headerRows = marked == 0 ? 1 : Math.Min(marked, Math.Max(1, read.Count - 1));
        return true;
    }

    /// <summary>A cell over several columns is followed by empty ones, so that columns stay in step; empty cells at the end go.</summary>
    private static List<string> Cells(IHtmlTableRowElement row)
    {
        var cells = new List<string>();
        foreach (var cell in row.Cells.Where(cell => !HtmlText.IsHidden(cell)))
        {
            cells.Add(HtmlText.Inline(cell));
            for (var extra = 1; extra < Math.Clamp(cell.ColumnSpan, 1, 32) && cells.Count < MaxColumns; extra++)
            {
                cells.Add(string.Empty);
            }
        }

        while (cells.Count > 0 && cells[^1].Length == 0)
        {
            cells.RemoveAt(cells.Count - 1);
        }

        return cells;
    }
}
