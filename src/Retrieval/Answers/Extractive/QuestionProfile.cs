using System.Text.RegularExpressions;
using GenAI.Retrieval.Answers.Text;
using GenAI.Retrieval.Naming;

namespace GenAI.Retrieval.Answers.Extractive;

/// <summary>A question as the scorer sees it.</summary>
internal sealed partial class QuestionProfile
{
    public QuestionProfile(string question)
    {
        Codes = new QuestionCodes(question);
        Names = new QuestionNames(question);
        Type = AnswerCues.TypeOf(question);
        Words = AnswerWords.Content(question);
        Terms = Words.ToHashSet(StringComparer.Ordinal);
        Pairs = PairsOf(AnswerWords.All(question));
        Years = YearsOf(question);
        PlainWords = Word().Matches(question).Select(match => match.Value.ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);
        AsksForQuarter = Quarter().IsMatch(question);
        Numbers = Number().Matches(question).Select(match => match.Value.TrimEnd('.', ',')).ToHashSet(StringComparer.Ordinal);
    }

    public QuestionCodes Codes { get; }

    public QuestionNames Names { get; }

    public AnswerType Type { get; }

    /// <summary>Stems that carry meaning, in order.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>The same stems, each once.</summary>
    public HashSet<string> Terms { get; }

    /// <summary>Neighbouring stems.</summary>
    public HashSet<(string, string)> Pairs { get; }

    /// <summary>Calendar years, "FY22" written out.</summary>
    public HashSet<string> Years { get; }

    public bool AsksForQuarter { get; }

    public HashSet<string> PlainWords { get; }

    public HashSet<string> Numbers { get; }

    public static HashSet<(string, string)> PairsOf(List<string> words) => [.. words.Zip(words.Skip(1))];

    public static HashSet<string> YearsOf(string text) =>
        FileNameWords.Of(text).Where(word => word.Length == 4 && word[0] is '1' or '2' && word.All(char.IsAsciiDigit)).ToHashSet(StringComparer.Ordinal);

    [GeneratedRegex(@"[\p{L}\p{N}]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();

    [GeneratedRegex(@"\bquarter|\bQ[1-4]", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quarter();

    [GeneratedRegex(@"\d[\d,.]*", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();
}
