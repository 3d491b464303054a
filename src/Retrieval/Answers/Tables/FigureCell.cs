using System.Text.RegularExpressions;

namespace GenAI.Retrieval.Answers.Tables;

/// <summary>Tells the figures of a table from its words.</summary>
internal static partial class FigureCell
{
    /// <summary>Digits with the marks that tables set around them, or a dash for none.</summary>
    public static bool IsFigure(ReadOnlySpan<char> cell) => Figure().IsMatch(cell);

    /// <summary>A year heads columns as often as it fills them.</summary>
    public static bool IsYear(ReadOnlySpan<char> cell) => Year().IsMatch(cell) && cell.Trim().Length <= 6;

    public static bool HasYear(ReadOnlySpan<char> cell) => Year().IsMatch(cell);

    /// <summary>A year, a date, or a length of time that ends at one.</summary>
    public static bool IsPeriod(ReadOnlySpan<char> cell) => Year().IsMatch(cell) || Span().IsMatch(cell);

    [GeneratedRegex(@"^[\s(+\-–—−]*(?:[$€£¥][\s(+\-–—−]*)?(?:\d[\d.,]*|[-–—−*])(?:\s*(?:%|x|bps|pts))?(?:\s*\))?(?:\s*%)?(?:\s*\([a-z0-9]\))?\s*$", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Figure();

    [GeneratedRegex(@"(?<!\d|[\d,.])(?:FY\s?)?(?:19|20)\d\d(?![\d,]|\.\d)", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Year();

    [GeneratedRegex(@"\b(?:(?:months?|quarters?|years?|weeks?) ended|fiscal|as of|Q[1-4]|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? \d{1,2},?)\b|^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d{1,2},?$", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Span();
}
