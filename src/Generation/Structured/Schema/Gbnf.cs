using System.Globalization;
using System.Text;

namespace GenAI.Generation.Structured.Schema;

/// <summary>Pieces of GBNF.</summary>
internal static class Gbnf
{
    /// <summary>Most copies of a rule that one repetition may ask for: the engine unrolls them.</summary>
    public const int MaxRepetition = 2000;

    /// <summary>Blanks between the signs of JSON: none, one, or a line break with indentation. Bounded, or a weak model fills its answer with them.</summary>
    public const string Blank = """(" " | "\n" [ \t]{0,20})?""";

    public static string Literal(string text)
    {
        var result = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
        {
            result.Append(rune.Value switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < 0x20 or 0x7f => $"\\x{rune.Value:X2}",
                _ => rune.ToString(),
            });
        }

        return result.Append('"').ToString();
    }

    /// <summary>One character inside of a class.</summary>
    public static string InClass(int codePoint) => codePoint switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        '\\' or ']' or '[' or '^' or '-' or < 0x20 or 0x7f => $"\\x{codePoint:X2}",
        < 0x7f => ((char)codePoint).ToString(),
        <= 0xffff => $"\\u{codePoint:X4}",
        _ => $"\\U{codePoint:X8}",
    };

    public static string Repeat(string item, int min, int? max) => (min, max) switch
    {
        (_, 0) => "\"\"",
        (0, null) => item + "*",
        (1, null) => item + "+",
        (0, 1) => item + "?",
        (1, 1) => item,
        (_, null) => $"{item}{{{Number(min)},}}",
        _ when min == max => $"{item}{{{Number(min)}}}",
        _ => $"{item}{{{Number(min)},{Number(max.Value)}}}",
    };

    public static string AnyOf(IReadOnlyCollection<string> alternatives) =>
        alternatives.Count == 1 ? alternatives.First() : "(" + string.Join(" | ", alternatives) + ")";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
