using System.Collections.Frozen;

namespace GenAI.Retrieval.Answers.Text;

/// <summary>Cuts text into comparable words: lower case, light English stems; character pairs where a script has no blanks.</summary>
internal static class AnswerWords
{
    private static readonly FrozenSet<string> StopWords =
        ("a an the of in on at to for from by with and or but is are was were be been being do does did has have had it its this that these " +
         "those as what which who whom whose when where why how many much there their they he she his her him them not no than then so such " +
         "into about after before during between over under up out off will would can could may might should i you we our your also")
        .Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly string[] Suffixes =
    [
        "ational", "ization", "fulness", "ousness", "iveness", "ations", "ation", "ments", "ment", "ings", "ing", "edly", "ies", "ers", "er",
        "ed", "es", "ly", "s", "e",
    ];

    public static bool IsStopWord(string word) => StopWords.Contains(word);

    /// <summary>Stems of every word.</summary>
    public static List<string> All(ReadOnlySpan<char> text) => Cut(text, keepStopWords: true);

    /// <summary>Stems of the words that carry meaning.</summary>
    public static List<string> Content(ReadOnlySpan<char> text) => Cut(text, keepStopWords: false);

    private static List<string> Cut(ReadOnlySpan<char> text, bool keepStopWords)
    {
        var words = new List<string>();
        for (var position = 0; position < text.Length;)
        {
            if (!char.IsLetterOrDigit(text[position]))
            {
                position++;
                continue;
            }

            var start = position;
            if (HasNoBlanks(text[position]))
            {
                position = AddPairs(text, start, words);
                continue;
            }

            while (position < text.Length && GoesOn(text, position))
            {
                position++;
            }

            var word = text[start..position].ToString().ToLowerInvariant();
            if (keepStopWords || !StopWords.Contains(word))
            {
                words.Add(Stem(FiscalYear(word)));
            }
        }

        return words;
    }

    /// <summary>Points and commas belong to a number when a digit follows.</summary>
    private static bool GoesOn(ReadOnlySpan<char> text, int position) =>
        char.IsLetterOrDigit(text[position])
            ? !HasNoBlanks(text[position])
            : text[position] is '.' or ',' && position + 1 < text.Length && char.IsAsciiDigit(text[position + 1]) && char.IsAsciiDigit(text[position - 1]);

    private static int AddPairs(ReadOnlySpan<char> text, int position, List<string> words)
    {
        var start = position;
        while (position < text.Length && HasNoBlanks(text[position]))
        {
            if (position > start)
            {
                words.Add(text.Slice(position - 1, 2).ToString());
            }

            position++;
        }

        if (position == start + 1)
        {
            words.Add(text.Slice(start, 1).ToString());
        }

        return position;
    }

    /// <summary>Chinese, Japanese and Thai write words without blanks.</summary>
    private static bool HasNoBlanks(char character) =>
        character is (>= '\u2E80' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF') or (>= '\u0E00' and <= '\u0E7F');

    /// <summary>"FY2023" and "FY23" are the year.</summary>
    private static string FiscalYear(string word) =>
        word.Length is 4 or 6 && word.StartsWith("fy", StringComparison.Ordinal) && word.AsSpan(2).IndexOfAnyExceptInRange('0', '9') < 0
            ? word.Length == 4 ? "20" + word[2..] : word[2..]
            : word;

    private static string Stem(string word)
    {
        foreach (var suffix in Suffixes)
        {
            if (word.Length - suffix.Length >= 3 && word.EndsWith(suffix, StringComparison.Ordinal))
            {
                word = word[..^suffix.Length];
                break;
            }
        }

        if (word.Length > 3 && word[^1] == word[^2] && char.IsLetter(word[^1]) && word[^1] is not ('a' or 'e' or 'i' or 'o' or 'u'))
        {
            word = word[..^1];
        }

        return word[^1] == 'y' ? word[..^1] + "i" : word;
    }
}
