namespace GenAI.Pipelines.Parsing.Pdf;

/// <summary>
/// Reading order of a page. Two blocks of prose side by side are read one after the other, while the columns of a
/// table are read row by row; the difference is that prose fills its column with words line after line.
/// </summary>
internal static class PdfColumns
{
    private const int LeastLinesPerColumn = 6;
    private const int LeastProseCharacters = 18;
    private const int MaxDepth = 3;

    /// <summary>The page's lines, grouped into regions that are each read from top to bottom.</summary>
    public static List<List<PdfLine>> Order(IEnumerable<PdfWord> words) => Order(PdfLineBuilder.Build(words), 0);

    private static List<List<PdfLine>> Order(List<PdfLine> lines, int depth)
    {
        if (depth == MaxDepth || lines.Count < LeastLinesPerColumn || FindGutter(lines) is not { } gutter)
        {
            return [lines];
        }

        var regions = new List<List<PdfLine>>();
        var above = lines.TakeWhile(line => line.Top < gutter.Top).ToList();
        var below = lines.Where(line => line.Top > gutter.Bottom).ToList();
        var beside = lines.Where(line => line.Top >= gutter.Top && line.Top <= gutter.Bottom).SelectMany(line => line.Words).ToList();
        AddUnlessEmpty(regions, above, depth);
        AddUnlessEmpty(regions, PdfLineBuilder.Build(beside.Where(word => word.Left < gutter.X)), depth + 1);
        AddUnlessEmpty(regions, PdfLineBuilder.Build(beside.Where(word => word.Left >= gutter.X)), depth + 1);
        AddUnlessEmpty(regions, below, depth);
        return regions;
    }

    private static void AddUnlessEmpty(List<List<PdfLine>> regions, List<PdfLine> lines, int depth)
    {
        if (lines.Count > 0)
        {
            regions.AddRange(Order(lines, depth));
        }
    }

    /// <summary>The first run of lines, long enough, that leave the same vertical strip free with prose on both sides of it.</summary>
    private static (float X, float Top, float Bottom)? FindGutter(List<PdfLine> lines)
    {
        var left = lines.Min(line => line.Left);
        var width = lines.Max(line => line.Right) - left;
        var starts = lines.SelectMany(line => line.Cells).Where(IsProse)
            .Where(cell => cell.Left > left + (width * 0.25f) && cell.Left < left + (width * 0.75f))
            .GroupBy(cell => (int)(cell.Left / 4))
            .Where(group => group.Count() >= LeastLinesPerColumn / 2)
            .OrderByDescending(group => group.Count())
            .Select(group => group.Min(cell => cell.Left) - 1.5f);
        foreach (var x in starts.Take(4))
        {
            if (LongestRun(lines, x) is { } run)
            {
                return (x, run.Top, run.Bottom);
            }
        }

        return null;
    }

    private static (float Top, float Bottom)? LongestRun(List<PdfLine> lines, float x)
    {
        var best = (Lines: 0, First: 0, Last: 0);
        var first = 0;
        for (var index = 0; index <= lines.Count; index++)
        {
            if (index < lines.Count && !lines[index].Words.Any(word => word.Left < x && word.Right > x))
            {
                continue;
            }

            best = index - first > best.Lines && HasProseOnBothSides(lines, first, index, x) ? (index - first, first, index - 1) : best;
            first = index + 1;
        }

        return best.Lines == 0 ? null : (lines[best.First].Top, lines[best.Last].Top);
    }

    private static bool HasProseOnBothSides(List<PdfLine> lines, int first, int end, float x)
    {
        int leftProse = 0, rightProse = 0, leftOther = 0, rightOther = 0;
        for (var index = first; index < end; index++)
        {
            foreach (var cell in lines[index].Cells)
            {
                if (cell.Left < x)
                {
                    leftProse += IsProse(cell) ? 1 : 0;
                    leftOther += IsProse(cell) ? 0 : 1;
                }
                else
                {
                    rightProse += IsProse(cell) ? 1 : 0;
                    rightOther += IsProse(cell) ? 0 : 1;
                }
            }
        }

        return leftProse >= LeastLinesPerColumn && rightProse >= LeastLinesPerColumn && leftProse > 2 * leftOther && rightProse > 2 * rightOther;
    }

    private static bool IsProse(PdfCell cell) =>
        cell.Text.Length >= LeastProseCharacters && cell.Text.AsSpan().Count(' ') >= 2 && cell.Text.Count(char.IsLetter) > cell.Text.Length * 0.6;
}
