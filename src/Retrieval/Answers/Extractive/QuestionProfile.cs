using System.Text.RegularExpressions;
using GenAI.Retrieval.Answers.Text;

namespace GenAI.Retrieval.Answers.Extractive;

/// <summary>A question as the scorer sees it.</summary>
internal sealed partial class QuestionProfile
{
    public QuestionProfile(string question)
    {
        Codes = new QuestionCodes(question);
        Type = AnswerCues.TypeOf(question);
        Words = AnswerWords.Content(question);
        Terms = Words.ToHashSet(StringComparer.Ordinal);
        Pairs = PairsOf(AnswerWords.All(question));
        PlainWords = Word().Matches(question).Select(match => match.Value.ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);
        Numbers = Number().Matches(question).Select(match => match.Value.TrimEnd('.', ',')).ToHashSet(StringComparer.Ordinal);
    }

    public QuestionCodes Codes { get; }

    public AnswerType Type { get; }

    /// <summary>Stems that carry meaning, in order.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>The same stems, each once.</summary>
    public HashSet<string> Terms { get; }

    /// <summary>Neighbouring stems.</summary>
    public HashSet<(string, string)> Pairs { get; }

    public HashSet<string> PlainWords { get; }

    public HashSet<string> Numbers { get; }

    public static HashSet<(string, string)> PairsOf(List<string> words) => [.. words.Zip(words.Skip(1))];

    [GeneratedRegex(@"[\p{L}\p{N}]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();

    [GeneratedRegex(@"\d[\d,.]*", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();
}
