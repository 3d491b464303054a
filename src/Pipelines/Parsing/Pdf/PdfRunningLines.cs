using System.Text.RegularExpressions;

namespace GenAI.Pipelines.Parsing.Pdf;

/// <summary>Finds the lines that stand at the top or bottom of page after page (titles, page numbers), which cut sentences in two.</summary>
internal sealed partial class PdfRunningLines
{
    private const int EdgeLines = 2;
    private const int LeastPages = 3;
    private const double LeastShare = 0.3;
    private const int MaxNumberedCharacters = 30;
    private const float PlaceStep = 4;

    private readonly HashSet<string> _repeated;

    private PdfRunningLines(HashSet<string> repeated) => _repeated = repeated;

    public static PdfRunningLines Find(IReadOnlyList<IReadOnlyList<PdfLine>> pages)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var page in pages)
        {
            foreach (var key in Edges(page).Select(Key).Distinct(StringComparer.Ordinal))
            {
                counts[key] = counts.GetValueOrDefault(key) + 1;
            }
        }

        var least = Math.Max(LeastPages, pages.Count * LeastShare);
        return new PdfRunningLines([.. counts.Where(count => count.Value >= least).Select(count => count.Key)]);
    }

    public HashSet<PdfLine> On(IReadOnlyList<PdfLine> page) =>
        [.. Edges(page).Where(line => _repeated.Contains(Key(line)))];

    private static IEnumerable<PdfLine> Edges(IReadOnlyList<PdfLine> page) =>
        page.Take(EdgeLines).Concat(page.Skip(Math.Max(EdgeLines, page.Count - EdgeLines)));

    /// <summary>
    /// The text and its height on the page. Numbers are left out of a short text only, so that "Page 3" and "Page 4"
    /// are the same line while a row of figures that happens to stand at the edge is not.
    /// </summary>
    private static string Key(PdfLine line)
    {
        var numberless = Digits().Replace(line.Text, "#");
        var text = line.Cells.Count <= 3 && numberless.Length <= MaxNumberedCharacters ? numberless : line.Text;
        return $"{(int)(line.Top / PlaceStep)}:{text}";
    }

    [GeneratedRegex("[0-9]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Digits();
}
