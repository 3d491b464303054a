using System.Text.RegularExpressions;
using GenAI.Retrieval.Answers.Text;

namespace GenAI.Retrieval.Answers.Extractive;

/// <summary>
/// The identifiers of a question, such as "E-203" or "FM-OC-17". One code is never nearly another, so where a question
/// names one, only what speaks of it may answer.
/// </summary>
internal sealed partial class QuestionCodes
{
    private const int MaxLetters = 6;

    private readonly Regex[] _codes;

    public QuestionCodes(string question) => _codes = [.. Codes(question).Select(Pattern)];

    /// <summary>Whether a unit may answer: it, the headings over it, the file's name or the sentence that it goes on from name a code of the question.</summary>
    public bool Allow(Candidate unit, Candidate? before) =>
        _codes.Length == 0
        || IsIn(unit.Text)
        || unit.Evidence.Headings.Append(unit.Evidence.FileName).Any(IsIn)
        || (unit.Kind == UnitKind.Sentence && before is { Kind: UnitKind.Sentence } && IsIn(before.Text) && !Codes(unit.Text).Any());

    public bool IsIn(string text) => _codes.Any(code => code.IsMatch(text));

    private static IEnumerable<string> Codes(string text) => Token().Matches(text).Select(match => match.Value).Where(IsCode);

    /// <summary>Letters and digits both, and no letters long enough to be a word ("thirty-2").</summary>
    private static bool IsCode(string token) =>
        token.AsSpan().ContainsAnyInRange('0', '9')
        && Part().Matches(token).All(part => char.IsAsciiDigit(part.Value[0]) || part.Length <= MaxLetters)
        && !Period().IsMatch(token);

    /// <summary>The same letters and digits, however they are joined.</summary>
    private static Regex Pattern(string code) => new(
        $@"(?<![\p{{L}}\p{{N}}]){string.Join("[-_./ ‐‑–]?", Part().Matches(code).Select(part => part.Value))}(?![\p{{L}}\p{{N}}])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(1));

    /// <summary>Letters and digits in parts that a stroke joins; whether they make a code is told apart by <see cref="IsCode"/>.</summary>
    [GeneratedRegex(@"(?<![\p{L}\p{N}&$€£-])[A-Za-z][A-Za-z\d]*(?:[-_./][A-Za-z\d]+)*(?![\p{L}\p{N}])", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();

    /// <summary>Years, quarters and halves are no identifiers, though they look alike.</summary>
    [GeneratedRegex(@"^(?:(?:fy|cy|mid|pre|post|late|early|jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[-_./]?(?:\d{2}|\d{4})s?|[qh][1-4](?:[-_./]?(?:fy|cy)?\d{2,4})?)$", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Period();

    [GeneratedRegex(@"[A-Za-z]+|\d+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Part();
}
