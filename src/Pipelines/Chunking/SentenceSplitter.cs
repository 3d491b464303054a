using System.Collections.Frozen;

namespace GenAI.Pipelines.Chunking;

/// <summary>
/// Finds sentences by rules: a full stop ends one unless it belongs to an abbreviation, an initial, a number or a
/// name in dots; line ends count where lines stand for themselves (lists, records), not where prose is wrapped.
/// Every visible character lies in exactly one sentence. Stateless.
/// </summary>
public static class SentenceSplitter
{
    /// <summary>A line shorter than this was not broken for want of room.</summary>
    private const int WrappedLineLength = 50;

    private static readonly FrozenSet<string> Abbreviations = FrozenSet.ToFrozenSet(
        [
            "mr", "mrs", "ms", "dr", "prof", "st", "jr", "sr", "vs", "etc", "e.g", "i.e", "cf", "al", "inc", "ltd", "co",
            "corp", "no", "nos", "vol", "fig", "figs", "eq", "sec", "ch", "pp", "p", "ed", "eds", "approx", "dept", "est",
            "gen", "gov", "rep", "sen", "hon", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct",
            "nov", "dec", "u.s", "u.k", "u.n", "a.m", "p.m", "ca", "resp", "min", "max", "bzw", "z.b", "d.h", "nr", "abs",
        ],
        StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> AbbreviationSpans =
        Abbreviations.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The sentences of <paramref name="text"/>, without the white space around them.</summary>
    public static IReadOnlyList<TextSegment> Split(string text) => Split(text, 0, text.Length);

    /// <summary>The sentences between two offsets; the segments point into the whole text.</summary>
    public static IReadOnlyList<TextSegment> Split(string text, int start, int end)
    {
        var sentences = new List<TextSegment>();
        var from = start;
        for (var index = start; index < end; index++)
        {
            if (BoundaryAfter(text, from, index, end) is var next && next > 0)
            {
                Add(sentences, text, from, next);
                from = next;
                index = next - 1;
            }
        }

        Add(sentences, text, from, end);
        return sentences;
    }

    /// <summary>The offset after the sentence that ends with the character at <paramref name="index"/>, or 0.</summary>
    private static int BoundaryAfter(string text, int from, int index, int end)
    {
        var character = text[index];
        if (character is '。' or '！' or '？')
        {
            return SkipClosers(text, index + 1, end);
        }

        if (character == '\n')
        {
            return LineEndsSentence(text, from, index, end) ? index + 1 : 0;
        }

        if (character is not ('.' or '!' or '?' or '…'))
        {
            return 0;
        }

        var after = SkipClosers(text, index + 1, end);
        if (after < end && !char.IsWhiteSpace(text[after]))
        {
            return 0;
        }

        var next = after;
        while (next < end && char.IsWhiteSpace(text[next]))
        {
            next++;
        }

        var continues = next < end && (char.IsLower(text[next]) || text[next] is ',' or ';' or ')');
        return continues || (character == '.' && IsAbbreviation(text, from, index, next, end)) ? 0 : after;
    }

    private static int SkipClosers(string text, int index, int end)
    {
        while (index < end && text[index] is '"' or '\'' or ')' or ']' or '”' or '’' or '»' or '.' or '!' or '?' or '」' or '』')
        {
            index++;
        }

        return index;
    }

    private static bool IsAbbreviation(string text, int from, int dot, int next, int end)
    {
        var start = dot;
        while (start > from && dot - start < 12 && (char.IsLetter(text[start - 1]) || text[start - 1] == '.'))
        {
            start--;
        }

        var word = text.AsSpan(start, dot - start);
        if (word.IsEmpty || (start > from && char.IsDigit(text[start - 1])))
        {
            return false;
        }

        // An initial (J. Smith); but "Plan B. Then" is taken for one too, which only moves a cut by a sentence.
        if (word.Length == 1)
        {
            return char.IsUpper(word[0]) && next < end;
        }

        if (!AbbreviationSpans.Contains(word))
        {
            return false;
        }

        // "No." is a word as well as an abbreviation: it needs its number.
        return !(word.Equals("no", StringComparison.OrdinalIgnoreCase) || word.Equals("p", StringComparison.OrdinalIgnoreCase))
            || (next < end && char.IsDigit(text[next]));
    }

    private static bool LineEndsSentence(string text, int from, int newline, int end)
    {
        if (newline + 1 >= end || text[newline + 1] == '\n' || text.AsSpan(from, newline - from).IsWhiteSpace())
        {
            return true;
        }

        var next = text[newline + 1];
        if (next is '-' or '*' or '+' or '•' or '|' or '#' or '>' or '\t' || char.IsDigit(next))
        {
            return true;
        }

        var line = newline - Math.Max(from, text.LastIndexOf('\n', newline - 1, newline - from) + 1);
        return line < WrappedLineLength && !char.IsLower(next);
    }

    private static void Add(List<TextSegment> sentences, string text, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        while (end > start && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        if (end > start)
        {
            sentences.Add(new TextSegment(start, end));
        }
    }
}
