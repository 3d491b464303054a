using System.Buffers;
using System.Text.RegularExpressions;
using GenAI.Retrieval.Answers.Tables;

namespace GenAI.Retrieval.Answers.Text;

/// <summary>Tells what a line of a passage is, and which lines belong together.</summary>
internal static partial class TextLines
{
    private const int MaxLabelWords = 6;

    private const int MaxLead = 250;

    /// <summary>Marks of a statement: a short line with one says something ("Open: daily").</summary>
    private static readonly SearchValues<char> s_saying = SearchValues.Create(".!?:;=。！？：\t");

    private static readonly SearchValues<char> s_drawn = SearchValues.Create("-=|:+*_ \t");

    /// <summary>Runs of lines that belong together: wrapped prose, a list item with the lines that go on with it, anything else alone.</summary>
    public static IEnumerable<TextUnit> Blocks(string text)
    {
        var start = 0;
        var kind = UnitKind.Sentence;
        var isOpen = false;
        for (var lineStart = 0; lineStart < text.Length;)
        {
            var lineEnd = text.IndexOf('\n', lineStart);
            lineEnd = lineEnd < 0 ? text.Length : lineEnd;
            var line = text.AsSpan(lineStart, lineEnd - lineStart);
            var next = line.IsWhiteSpace() ? default(UnitKind?) : KindOf(line);
            var isProse = next == UnitKind.Sentence && !IsAlone(line);
            if (!(isOpen && isProse))
            {
                if (lineStart > start)
                {
                    yield return new TextUnit(start, lineStart, kind);
                }

                start = lineStart;
                kind = next ?? UnitKind.Sentence;
            }

            // Prose goes on over a line end, and so does an item.
            isOpen = isProse || next == UnitKind.Item;
            lineStart = lineEnd + 1;
        }

        if (start < text.Length)
        {
            yield return new TextUnit(start, text.Length, kind);
        }
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

    /// <summary>A name and figures with wide gaps between them.</summary>
    private static bool IsSpacedRow(ReadOnlySpan<char> line) =>
        line.Contains("  ", StringComparison.Ordinal) && line.ToString() is var text && TableLine.Of(text, 0, text.Length).IsData;

    /// <summary>A line or row that only names what stands below: a few words without an end, or columns without a single word.</summary>
    public static bool IsLabel(ReadOnlySpan<char> block, UnitKind kind)
    {
        var trimmed = block.Trim();
        return kind switch
        {
            UnitKind.Sentence => (IsShort(trimmed) && (!trimmed.ContainsAny(s_saying) || IsShouted(trimmed))) || LeadsOn(trimmed),
            UnitKind.Row => trimmed[0] != '|' && !trimmed.ContainsAnyInRange('a', 'z') && !trimmed.ContainsAnyInRange('A', 'Z') && !HasOtherLetters(trimmed),
            _ => false,
        };
    }

    /// <summary>"Cash flows were as follows:" says nothing without what follows.</summary>
    private static bool LeadsOn(ReadOnlySpan<char> block) => block is [.., ':' or '：'] && block.Length <= MaxLead && !block.Contains(". ", StringComparison.Ordinal);

    private static bool IsShort(ReadOnlySpan<char> line) =>
        !line.IsEmpty && !line.Contains('\n') && line.Count(' ') < MaxLabelWords && !line.ContainsAnyInRange('0', '9');

    /// <summary>"ACME INC." is the name of a company, its point no end of a sentence.</summary>
    private static bool IsShouted(ReadOnlySpan<char> line) =>
        line.ContainsAnyInRange('A', 'Z') && !line.ContainsAnyInRange('a', 'z') && !line.ContainsAny('?', ':', '=');

    private static bool HasOtherLetters(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (character > '\u007F' && char.IsLetter(character))
            {
                return true;
            }
        }

        return false;
    }

    private static UnitKind KindOf(ReadOnlySpan<char> line)
    {
        var trimmed = line.Trim();
        return !trimmed.ContainsAnyExcept(s_drawn) ? UnitKind.Rule
            : trimmed[0] == '#' && trimmed.TrimStart('#') is { IsEmpty: false } title && char.IsWhiteSpace(title[0]) ? UnitKind.Heading
            : trimmed[0] == '|' || trimmed.Contains(" | ", StringComparison.Ordinal) || IsRow(trimmed) || IsSpacedRow(trimmed) ? UnitKind.Row
            : Item().IsMatch(trimmed) ? UnitKind.Item
            : UnitKind.Sentence;
    }

    /// <summary>Columns cut by tabs and marks whose meaning is not known: not wrapped prose, so no line joins them.</summary>
    private static bool IsAlone(ReadOnlySpan<char> line)
    {
        var trimmed = line.Trim();
        return trimmed[0] is '#' or '•' or '*' or '-' or '–' || trimmed.Contains('\t');
    }

    [GeneratedRegex(@"^([-*+•–▪◦·]|\(?\d{1,3}[.)])\s", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Item();
}
