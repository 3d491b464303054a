using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace GenAI.Retrieval.Answers.Text;

/// <summary>Cuts a passage into what can be said alone: sentences, list items, headings, rows of tables.</summary>
internal static partial class TextUnits
{
    /// <summary>Longer units are cut at a blank: they are no sentence a reader would want as an answer.</summary>
    private const int MaxLength = 700;

    private static readonly FrozenSet<string> Abbreviations =
        ("mr mrs ms dr st jr sr vs no inc ltd co corp gen col lt sgt prof rev hon etc fig al approx jan feb mar apr jun jul aug sep sept " +
         "oct nov dec v ft ed vol pp").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    public static List<TextUnit> Split(string text)
    {
        var units = new List<TextUnit>();
        foreach (var (start, end) in Blocks(text))
        {
            SplitBlock(text, start, end, units);
        }

        return units;
    }

    /// <summary>Runs of lines that belong together; a line end inside prose is only a blank.</summary>
    private static IEnumerable<(int Start, int End)> Blocks(string text)
    {
        var blockStart = 0;
        for (var lineStart = 0; lineStart < text.Length;)
        {
            var lineEnd = text.IndexOf('\n', lineStart);
            lineEnd = lineEnd < 0 ? text.Length : lineEnd;
            var nextEnd = lineEnd + 1 >= text.Length ? -1 : text.IndexOf('\n', lineEnd + 1);
            var line = text.AsSpan(lineStart, lineEnd - lineStart);
            var next = lineEnd + 1 >= text.Length ? default : text.AsSpan((lineEnd + 1)..(nextEnd < 0 ? text.Length : nextEnd));
            if (StandsAlone(line) || StandsAlone(next))
            {
                yield return (blockStart, lineEnd);
                blockStart = lineEnd + 1;
            }

            lineStart = lineEnd + 1;
        }

        if (blockStart < text.Length)
        {
            yield return (blockStart, text.Length);
        }
    }

    private static bool StandsAlone(ReadOnlySpan<char> line)
    {
        var trimmed = line.Trim();
        return trimmed.IsEmpty
            || trimmed[0] is '#' or '|' or '•' or '*' or '-' or '–'
            || trimmed.Contains('\t')
            || trimmed.Contains(" | ", StringComparison.Ordinal)
            || NumberedItem().IsMatch(trimmed)
            || IsRow(trimmed);
    }

    /// <summary>A line of a table that lost its rules: two numbers or more, and more of them than a sentence has.</summary>
    public static bool IsRow(ReadOnlySpan<char> line)
    {
        var numbers = 0;
        var words = 0;
        foreach (var range in line.Split(' '))
        {
            var part = line[range].Trim("()$€£%,.;:");
            if (part.IsEmpty)
            {
                continue;
            }

            numbers += char.IsAsciiDigit(part[0]) || part is "-" or "—" ? 1 : 0;
            words++;
        }

        return numbers >= 2 && numbers * 3 >= words && line.TrimEnd()[^1] is not '.';
    }

    private static void SplitBlock(string text, int start, int end, List<TextUnit> units)
    {
        var unitStart = start;
        for (var position = start; position < end; position++)
        {
            var isWide = text[position] is '。' or '！' or '？';
            if (!isWide && text[position] is not ('.' or '!' or '?'))
            {
                continue;
            }

            var after = position + 1;
            while (after < end && text[after] is '"' or '\'' or '”' or '’' or ')' or ']')
            {
                after++;
            }

            if (isWide || (after < end && char.IsWhiteSpace(text[after]) && IsSentenceEnd(text, unitStart, position, after, end)))
            {
                Add(text, unitStart, after, units);
                unitStart = after;
                position = after - 1;
            }
        }

        Add(text, unitStart, end, units);
    }

    private static bool IsSentenceEnd(string text, int unitStart, int point, int after, int end)
    {
        if (text[point] != '.')
        {
            return true;
        }

        var wordStart = point;
        while (wordStart > unitStart && !char.IsWhiteSpace(text[wordStart - 1]))
        {
            wordStart--;
        }

        var word = text[wordStart..point].TrimStart('(', '"', '\'').ToLowerInvariant();
        if (Abbreviations.Contains(word) || Initials().IsMatch(word))
        {
            return false;
        }

        while (after < end && char.IsWhiteSpace(text[after]))
        {
            after++;
        }

        return after >= end || !char.IsLower(text[after]);
    }

    private static void Add(string text, int start, int end, List<TextUnit> units)
    {
        while (true)
        {
            while (start < end && char.IsWhiteSpace(text[start]))
            {
                start++;
            }

            while (end > start && char.IsWhiteSpace(text[end - 1]))
            {
                end--;
            }

            if (end - start <= MaxLength)
            {
                break;
            }

            var cut = text.LastIndexOfAny([' ', '\n', '\t'], start + MaxLength - 1, MaxLength / 2);
            cut = cut < 0 ? start + MaxLength : cut;
            cut -= char.IsLowSurrogate(text[cut]) ? 1 : 0;
            units.Add(new TextUnit(start, cut));
            start = cut;
        }

        if (end > start)
        {
            units.Add(new TextUnit(start, end));
        }
    }

    [GeneratedRegex(@"^(\p{L}|(\p{L}\.)+\p{L})$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Initials();

    [GeneratedRegex(@"^\(?\d{1,3}[.)]\s", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NumberedItem();
}
