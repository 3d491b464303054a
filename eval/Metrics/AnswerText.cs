using System.Text;
using System.Text.RegularExpressions;

namespace GenAI.Eval.Metrics;

/// <summary>Compares answers as SQuAD does: lower case, without punctuation and articles.</summary>
internal static partial class AnswerText
{
    /// <summary>Normalised words of a text.</summary>
    public static string[] Words(string text)
    {
        var builder = new StringBuilder(text.Length);
        foreach (var character in text.ToLowerInvariant().Normalize(NormalizationForm.FormKC))
        {
            // A point or comma between digits belongs to the number.
            builder.Append(char.IsLetterOrDigit(character) || character is '.' or ',' or '%' ? character : ' ');
        }

        return [.. Numbers().Replace(builder.ToString(), match => match.Value.Replace(",", string.Empty, StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word.Trim('.', ','))
            .Where(word => word.Length > 0 && word is not ("a" or "an" or "the"))];
    }

    public static bool IsExact(string answer, string gold) => Words(answer).SequenceEqual(Words(gold), StringComparer.Ordinal);

    /// <summary>True when the gold words stand in the answer in order and side by side.</summary>
    public static bool Holds(string answer, string gold)
    {
        var words = Words(answer);
        var wanted = Words(gold);
        if (wanted.Length == 0)
        {
            return answer.Contains(gold, StringComparison.OrdinalIgnoreCase);
        }

        for (var start = 0; start + wanted.Length <= words.Length; start++)
        {
            if (words.AsSpan(start, wanted.Length).SequenceEqual(wanted))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Harmonic mean of word precision and recall.</summary>
    public static double F1(string answer, string gold)
    {
        var words = Words(answer);
        var wanted = Words(gold).GroupBy(word => word, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        var common = 0;
        foreach (var word in words)
        {
            if (wanted.TryGetValue(word, out var left) && left > 0)
            {
                wanted[word] = left - 1;
                common++;
            }
        }

        var goldCount = Words(gold).Length;
        return common == 0 ? 0 : 2.0 * common / (words.Length + goldCount);
    }

    [GeneratedRegex(@"\d+(,\d{3})*(\.\d+)?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Numbers();
}
