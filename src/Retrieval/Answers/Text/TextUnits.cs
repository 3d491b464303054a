using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace GenAI.Retrieval.Answers.Text;

/// <summary>Cuts a passage into what can be said alone: sentences, list items, headings, rows of tables.</summary>
internal static partial class TextUnits
{
    /// <summary>Longer units are cut at a blank: they are no sentence a reader would want as an answer.</summary>
    private const int MaxLength = 700;

    /// <summary>A longer list item is prose, and its sentences stand alone.</summary>
    private const int MaxItemLength = 350;

    private static readonly FrozenSet<string> Abbreviations =
        ("mr mrs ms dr st jr sr vs no inc ltd co corp gen col lt sgt prof rev hon etc fig al approx jan feb mar apr jun jul aug sep sept " +
         "oct nov dec v ft ed vol pp").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    public static List<TextUnit> Split(string text)
    {
        var units = new List<TextUnit>();
        foreach (var block in TextLines.Blocks(text))
        {
            if (TextLines.IsLabel(text.AsSpan(block.Start, block.End - block.Start), block.Kind))
            {
                Add(text, block.Start, block.End, UnitKind.Heading, units);
            }
            else if (block.Kind == UnitKind.Sentence || (block.Kind == UnitKind.Item && block.End - block.Start > MaxItemLength))
            {
                SplitBlock(text, block, units);
            }
            else
            {
                MarkColumnNames(units, block.Kind);
                Add(text, block.Start, block.End, block.Kind, units);
            }
        }

        return units;
    }

    /// <summary>The row over a drawn line names the table's columns.</summary>
    private static void MarkColumnNames(List<TextUnit> units, UnitKind next)
    {
        if (next == UnitKind.Rule && units.Count > 0 && units[^1].Kind == UnitKind.Row)
        {
            units[^1] = units[^1] with { Kind = UnitKind.ColumnNames };
        }
    }

    private static void SplitBlock(string text, TextUnit block, List<TextUnit> units)
    {
        var (start, end) = (block.Start, block.End);
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
                Add(text, unitStart, after, block.Kind, units);
                unitStart = after;
                position = after - 1;
            }
        }

        Add(text, unitStart, end, block.Kind, units);
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

    private static void Add(string text, int start, int end, UnitKind kind, List<TextUnit> units)
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
            units.Add(new TextUnit(start, cut, kind));
            start = cut;
        }

        if (end > start)
        {
            units.Add(new TextUnit(start, end, kind));
        }
    }

    [GeneratedRegex(@"^(\p{L}|(\p{L}\.)+\p{L})$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Initials();
}
