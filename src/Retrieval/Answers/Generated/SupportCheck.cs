using System.Text.RegularExpressions;
using GenAI.Retrieval.Answers.Text;

namespace GenAI.Retrieval.Answers.Generated;

/// <summary>
/// Whether a sentence is supported by a quote, without a model: its telling words must stand there, every number and every
/// name must, and neither may deny what the other says. Strict on purpose: a sentence without a citation is honest, a
/// citation that does not support it is not.
/// </summary>
internal static partial class SupportCheck
{
    /// <summary>Least share of the sentence's content words that the quote must hold.</summary>
    public const double MinCoverage = .6;

    public static bool IsSupported(string sentence, string quote) => Coverage(sentence, quote) >= MinCoverage;

    /// <summary>Share of the sentence's content words in the quote; 0 when a number, a name or a negation does not agree.</summary>
    public static double Coverage(string sentence, string quote)
    {
        var words = AnswerWords.Content(sentence).Distinct(StringComparer.Ordinal).ToList();
        if (words.Count == 0 || !HasNumbersOf(sentence, quote) || !HasNamesOf(sentence, quote) || Denies(sentence) != Denies(quote))
        {
            return 0;
        }

        var held = AnswerWords.Content(quote).ToHashSet(StringComparer.Ordinal);
        return (double)words.Count(held.Contains) / words.Count;
    }

    private static bool HasNumbersOf(string sentence, string quote)
    {
        var held = Numbers(quote);
        return Numbers(sentence).IsSubsetOf(held);
    }

    /// <summary>Numbers without thousands separators and trailing zeros, with the scale that follows: "1,200.50 million" is "1200.5 million".</summary>
    private static HashSet<string> Numbers(string text)
    {
        var numbers = new HashSet<string>(StringComparer.Ordinal);
        foreach (Match match in Number().Matches(text))
        {
            var digits = match.Groups["digits"].Value.Replace(",", string.Empty, StringComparison.Ordinal);
            digits = digits.Contains('.', StringComparison.Ordinal) ? digits.TrimEnd('0').TrimEnd('.') : digits;
            numbers.Add($"{digits} {Scale(match.Groups["scale"].Value)}");
        }

        return numbers;
    }

    private static string Scale(string word) => word.ToLowerInvariant() switch
    {
        "%" or "percent" or "per cent" => "%",
        "bn" or "billion" => "billion",
        "mn" or "million" => "million",
        "trillion" => "trillion",
        "thousand" => "thousand",
        _ => string.Empty,
    };

    private static bool HasNamesOf(string sentence, string quote)
    {
        var held = Word().Matches(quote).Select(match => match.Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Name().Matches(sentence)
            .Where(match => match.Index > 0 && !AnswerWords.IsStopWord(match.Value.ToLowerInvariant()))
            .All(match => held.Contains(match.Value));
    }

    private static bool Denies(string text) => Negation().IsMatch(text);

    [GeneratedRegex(@"(?<digits>\d+(?:,\d{3})*(?:\.\d+)?)(?:\s?(?<scale>%|percent\b|per cent\b|bn\b|billion\b|mn\b|million\b|trillion\b|thousand\b))?", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();

    [GeneratedRegex(@"\b\p{Lu}[\p{L}]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();

    [GeneratedRegex(@"[\p{L}]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();

    [GeneratedRegex(@"\b(not|no|never|none|neither|nor|without|cannot|n't)\b|n['’]t\b", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Negation();
}
