using System.Globalization;
using System.Text.RegularExpressions;

namespace GenAI.Eval.Metrics;

/// <summary>Finds the quantities of an English text: signs, currency, scale words and per cent. Dates, fiscal periods and form names are none.</summary>
internal static partial class QuantityReader
{
    private const int WordsBefore = 40;

    public static IEnumerable<Quantity> Read(string text) =>
        Quantities().Matches(text)
            .Where(match => !MonthBefore().IsMatch(text[Math.Max(0, match.Index - WordsBefore)..match.Index]) && !PeriodBehind().IsMatch(text[(match.Index + match.Length)..]))
            .Select(match => Of(match, text));

    private static Quantity Of(Match match, string text)
    {
        var number = match.Groups["number"].Value.Replace(",", string.Empty, StringComparison.Ordinal);
        var point = number.IndexOf('.', StringComparison.Ordinal);
        var scale = Scale(match.Groups["scale"].Value);
        return new Quantity(
            double.Parse(number, CultureInfo.InvariantCulture) * scale,
            (point < 0 ? 1 : Math.Pow(10, -(number.Length - point - 1))) * scale,
            Sign(match, text),
            match.Groups["percent"].Success,
            match.Groups["scale"].Success,
            match.Groups["currency"].Success || match.Groups["unit"].Success);
    }

    private static double Scale(string word) => word.ToUpperInvariant() switch
    {
        "" => 1,
        ['T', 'H', ..] or "K" => 1e3,
        ['M', ..] => 1e6,
        ['B', ..] => 1e9,
        _ => 1e12,
    };

    private static QuantitySign Sign(Match match, string text)
    {
        if (match.Groups["minus"].Success)
        {
            return QuantitySign.Minus;
        }

        if (match.Groups["open"].Success)
        {
            return QuantitySign.Parentheses;
        }

        var before = text[Math.Max(0, match.Index - WordsBefore)..match.Index];
        if (match.Groups["plus"].Success)
        {
            return QuantitySign.Up;
        }

        if (DirectionBehind().Match(text[(match.Index + match.Length)..]) is { Success: true } behind)
        {
            return Direction(behind);
        }

        // "fell to 34.6%" says where it stands, "fell by 34.6%" how far it went.
        return LevelBefore().IsMatch(before) ? QuantitySign.None
            : Directions().Matches(before).LastOrDefault() is { } word ? Direction(word)
            : QuantitySign.None;
    }

    private static QuantitySign Direction(Match word) => word.Groups["down"].Success ? QuantitySign.Down : QuantitySign.Up;

    [GeneratedRegex(
        """
        (?<![\p{L}\p{N}]|\p{N}[.,'’])
        (?<open>\()? \s? ((?<minus>[-−–])|(?<plus>\+))? \s? (?<currency>US\$|[$€£]|USD|EUR|GBP)? \s? (?<minus>[-−])? (?<open>\()?
        (?<number>\d{1,3}(,\d{3})+(\.\d+)?|\d+(\.\d+)?|\.\d+)
        \)? \s? (?<percent>%|per\s?cent\b|percentage\spoints?\b|pp\b)?
        (\s?(?<scale>thousands?|k|millions?|mn|mm|m|billions?|bn|b|trillions?|tn)\b)?
        (\s(?<unit>(US\s)?dollars?|euros?|USD|EUR)\b)?
        (?![\p{L}\p{N}]|-\p{L}|[.,]\p{N})
        """,
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quantities();

    [GeneratedRegex(@"\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s$|\b(Q|FY|Note|Item|Page|Part|Section)\s?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MonthBefore();

    [GeneratedRegex(@"^[\s-]*(months?|weeks?|days?|quarters?)\s(ended|ending)\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PeriodBehind();

    [GeneratedRegex(@"\b(from|to|at|was|were|is|are|be|been)\s(about\s|around\s|roughly\s|~)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LevelBefore();

    [GeneratedRegex(@"\b((?<down>declin|decreas|drop|fell|fall|down\b|lower|los[st]|reduc|shrank|shrink|negative)|(?<up>increas|grew|grow|rose|ris[ei]|up\b|gain|improv|higher|positive))[^.;\n]*", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.RightToLeft, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Directions();

    [GeneratedRegex(@"^\s(annual\s|net\s|year-over-year\s)?((?<down>declin|decreas|drop|fall|lower|loss|reduc)|(?<up>increas|grow|rise|gain|improv|higher))", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DirectionBehind();
}
