using System.Globalization;

namespace GenAI.Retrieval.Analysis;

/// <summary>Looks up the class of a UTF-16 unit.</summary>
internal static class UnitClasses
{
    private static readonly UnitClass[] Table = Build();

    public static UnitClass Of(char unit) => Table[unit];

    private static UnitClass[] Build()
    {
        var table = new UnitClass[char.MaxValue + 1];
        for (var unit = 0; unit <= char.MaxValue; unit++)
        {
            table[unit] = Classify((char)unit);
        }

        return table;
    }

    private static UnitClass Classify(char original)
    {
        // Surrogates: the planes above the first hold mostly rare Han; a pair then counts as two units of one run.
        if (char.IsSurrogate(original))
        {
            return original is >= '\uD840' and <= '\uD8BF' or >= '\uDC00' ? UnitClass.Cjk : UnitClass.Separator;
        }

        var unit = FoldTable.First(original);
        if (IsSouthEastAsian(unit))
        {
            return char.IsLetterOrDigit(unit) || IsMark(unit) ? UnitClass.SouthEastAsian : UnitClass.Separator;
        }

        if (char.IsDigit(unit))
        {
            return UnitClass.Digit;
        }

        if (IsMark(unit))
        {
            return UnitClass.Mark;
        }

        if (!char.IsLetter(unit) && CharUnicodeInfo.GetUnicodeCategory(unit) != UnicodeCategory.LetterNumber)
        {
            return UnitClass.Separator;
        }

        return IsLatin(unit) ? UnitClass.Latin : IsCjk(unit) ? UnitClass.Cjk : UnitClass.Spaced;
    }

    private static bool IsMark(char unit) => CharUnicodeInfo.GetUnicodeCategory(unit)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    private static bool IsLatin(char unit) => unit is (< '\u0250') or (>= '\u1E00' and <= '\u1EFF') or (>= '\u2C60' and <= '\u2C7F')
        or (>= '\uA720' and <= '\uA7FF') or (>= '\uFB00' and <= '\uFB06');

    private static bool IsCjk(char unit) => unit is (>= '\u2E80' and <= '\u2FDF') or (>= '\u3005' and <= '\u3007')
        or (>= '\u3040' and <= '\u30FF') or (>= '\u3100' and <= '\u312F') or (>= '\u31A0' and <= '\u31FF')
        or (>= '\u3400' and <= '\u9FFF') or (>= '\uA960' and <= '\uA97F') or (>= '\uAC00' and <= '\uD7FF')
        or (>= '\u1100' and <= '\u11FF') or (>= '\uF900' and <= '\uFAFF') or (>= '\uFF66' and <= '\uFFDC');

    private static bool IsSouthEastAsian(char unit) => unit is (>= '\u0E00' and <= '\u0EFF') or (>= '\u1000' and <= '\u109F')
        or (>= '\u1780' and <= '\u17FF');
}
