using System.Text.RegularExpressions;
using GenAI.Retrieval.Answers.Text;

namespace GenAI.Retrieval.Answers.Extractive;

/// <summary>The proper names of a question. A long document that never writes one of them is about someone else.</summary>
internal sealed partial class QuestionNames
{
    /// <summary>A shorter document, a paragraph say, may speak of its subject without the name.</summary>
    private const int MinDocument = 5000;

    private readonly HashSet<string> _names;

    public QuestionNames(string question) =>
        _names = English().IsMatch(question)
            ? Name().Matches(question).Select(match => match.Value).Where(name => !AnswerWords.IsStopWord(name.ToLowerInvariant())).ToHashSet(StringComparer.OrdinalIgnoreCase)
            : [];

    /// <summary>Share of the names that the document never writes; 0 where the question has none or the document is not at hand.</summary>
    public double MissingIn(Evidence evidence, Func<string, bool> isInFileName) =>
        _names.Count == 0 || evidence.DocumentText is not { Length: >= MinDocument } text
            ? 0
            : (double)_names.Count(name => !isInFileName(name) && !text.Contains(name, StringComparison.OrdinalIgnoreCase)) / _names.Count;

    /// <summary>The names that the document writes somewhere.</summary>
    public IEnumerable<string> WrittenIn(Evidence evidence) =>
        _names.Where(name => (evidence.DocumentText ?? evidence.Text).Contains(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Other languages, German first, write more than names with a capital.</summary>
    [GeneratedRegex(@"\b(the|of|what|which|how|who|does|did|is|are|were|has|have)\b", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex English();

    /// <summary>A capital inside a sentence with small letters after it, or the owner of something. Capitals alone are as often a measure (USD) as a name.</summary>
    [GeneratedRegex(@"(?<=[\p{L}\p{N},;:('""]\s?)(?<![.?!]\s)\b\p{Lu}\p{Ll}[\p{L}&]+|\b\p{Lu}[\p{L}&]+(?=['’]s\b)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
