using System.Collections.Frozen;
using GenAI.Guardrails.Canonical;

namespace GenAI.Guardrails.Pii;

/// <summary>What stands before a candidate: its neighbours and the words that name it.</summary>
internal static class PiiContext
{
    /// <summary>Canonical characters before a candidate that are looked at.</summary>
    public const int Reach = 56;

    /// <summary>Whether a number can begin here: not inside a word, nor behind the point of a longer number.</summary>
    public static bool CanBegin(CanonicalText text, int start)
    {
        var before = text.Peek(start - 1);
        return !char.IsLetterOrDigit(before)
            && !(before is '.' or ',' && char.IsAsciiDigit(text.Peek(start - 2)))
            && !(before == '\n' && char.IsAsciiDigit(text.Peek(start - 2)));
    }

    /// <summary>Whether a number can end here: not inside a word, a longer number or a column of numbers.</summary>
    public static bool CanEnd(CanonicalText text, int end)
    {
        var after = text.Peek(end);
        return !char.IsLetterOrDigit(after)
            && !(after is '.' or ',' or '\n' && char.IsAsciiDigit(text.Peek(end + 1)));
    }

    /// <summary>Whether one of the words stands within reach before the candidate.</summary>
    public static bool Names(CanonicalText text, int start, FrozenSet<string> words) =>
        NearestWord(text, start, words, int.MaxValue);

    /// <summary>Whether one of the words is among the last <paramref name="count"/> words before the candidate.</summary>
    public static bool NearestWord(CanonicalText text, int start, FrozenSet<string> words, int count)
    {
        var end = start;
        var lookup = words.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> word = stackalloc char[Reach];
        for (var seen = 0; seen < count && start - end < Reach;)
        {
            var length = 0;
            while (length < Reach && char.IsAsciiLetter(text.Peek(end - 1)))
            {
                word[^++length] = char.ToLowerInvariant(text.Peek(--end));
            }

            if (length > 0)
            {
                seen++;
                if (lookup.Contains(word[^length..]))
                {
                    return true;
                }
            }

            end--;
        }

        return false;
    }
}
