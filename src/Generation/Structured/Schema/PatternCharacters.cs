using System.Globalization;

namespace GenAI.Generation.Structured.Schema;

/// <summary>A set of characters, written as they stand in a JSON string: quotation marks, backslashes and control characters escaped.</summary>
internal sealed class PatternCharacters(IReadOnlyList<(int From, int To)> ranges)
{
    private const int LastCodePoint = 0x10ffff;

    public static List<(int From, int To)> Word() => [('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')];

    public static List<(int From, int To)> Blank() => [('\t', '\r'), (' ', ' '), (0xa0, 0xa0), (0x1680, 0x1680), (0x2000, 0x200a), (0x2028, 0x2029), (0x202f, 0x202f), (0x205f, 0x205f), (0x3000, 0x3000), (0xfeff, 0xfeff)];

    public static List<(int From, int To)> Complement(IEnumerable<(int From, int To)> ranges)
    {
        var result = new List<(int, int)>();
        var next = 0;
        foreach (var (from, to) in ranges.OrderBy(static r => r.From))
        {
            if (from > next)
            {
                result.Add((next, from - 1));
            }

            next = Math.Max(next, to + 1);
        }

        if (next <= LastCodePoint)
        {
            result.Add((next, LastCodePoint));
        }

        return result;
    }

    public PatternPart ToPart()
    {
        var plain = string.Concat(Without(ranges).Select(static r => r.From == r.To ? Gbnf.InClass(r.From) : $"{Gbnf.InClass(r.From)}-{Gbnf.InClass(r.To)}"));
        var alternatives = new List<string>();
        if (plain.Length > 0)
        {
            alternatives.Add($"[{plain}]");
        }

        alternatives.AddRange(Enumerable.Range(0, 0x80).Where(c => NeedsEscape(c) && ranges.Any(r => r.From <= c && c <= r.To)).Select(Escaped));
        return new PatternPart(alternatives.Count == 0 ? "[^\\x00-\\U0010FFFF]" : Gbnf.AnyOf(alternatives), 1, 1);
    }

    private static bool NeedsEscape(int c) => c is < 0x20 or '"' or '\\' or 0x7f;

    private static string Escaped(int c) => c switch
    {
        '"' => Gbnf.Literal("\\\""),
        '\\' => Gbnf.Literal("\\\\"),
        '\b' => Gbnf.Literal("\\b"),
        '\f' => Gbnf.Literal("\\f"),
        '\n' => Gbnf.Literal("\\n"),
        '\r' => Gbnf.Literal("\\r"),
        '\t' => Gbnf.Literal("\\t"),
        _ => Gbnf.Literal("\\u" + c.ToString("x4", CultureInfo.InvariantCulture)),
    };

    /// <summary>The ranges without the characters that are written as escapes, and without halves of surrogate pairs.</summary>
    private static IEnumerable<(int From, int To)> Without(IReadOnlyList<(int From, int To)> ranges)
    {
        (int From, int To)[] holes = [(0, 0x1f), ('"', '"'), ('\\', '\\'), (0x7f, 0x7f), (0xd800, 0xdfff)];
        foreach (var (from, to) in ranges)
        {
            var start = from;
            foreach (var (holeFrom, holeTo) in holes)
            {
                if (holeTo < start || holeFrom > to)
                {
                    continue;
                }

                if (holeFrom > start)
                {
                    yield return (start, holeFrom - 1);
                }

                start = holeTo + 1;
            }

            if (start <= to)
            {
                yield return (start, to);
            }
        }
    }
}
