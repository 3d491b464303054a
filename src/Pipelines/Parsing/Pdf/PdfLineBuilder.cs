namespace GenAI.Pipelines.Parsing.Pdf;

/// <summary>Puts words that stand at the same height into lines.</summary>
internal static class PdfLineBuilder
{
    /// <summary>Two words are on one line when their middles differ by less than this share of the smaller height.</summary>
    private const float SameLine = 0.5f;

    public static List<PdfLine> Build(IEnumerable<PdfWord> words)
    {
        var lines = new List<PdfLine>();
        var row = new List<PdfWord>();
        foreach (var word in words.OrderBy(word => word.Middle).ThenBy(word => word.Left))
        {
            // Measured against the row's largest word: a raised footnote mark joins the line it marks.
            if (row.Count > 0 && !SharesLine(row, word))
            {
                lines.Add(ToLine(row));
                row.Clear();
            }

            row.Add(word);
        }

        if (row.Count > 0)
        {
            lines.Add(ToLine(row));
        }

        return lines;
    }

    private static bool SharesLine(List<PdfWord> row, PdfWord word)
    {
        var anchor = row[0];
        foreach (var other in row)
        {
            anchor = other.Height > anchor.Height ? other : anchor;
        }

        var difference = Math.Abs(word.Middle - anchor.Middle);
        return difference < SameLine * Math.Min(word.Height, anchor.Height)
            || (difference < SameLine * Math.Max(word.Height, anchor.Height) && word.Top >= anchor.Top - 1 && word.Bottom <= anchor.Bottom + 1);
    }

    private static PdfLine ToLine(List<PdfWord> row) => new([.. row.OrderBy(word => word.Left)]);
}
