using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace GenAI.Guardrails.Canonical;

/// <summary>
/// Folds one character to the form in which the rails compare texts: compatibility forms to their plain letters,
/// every script's digits to ASCII, invisible characters and combining marks to nothing, look-alike letters to Latin.
/// </summary>
/// <remarks>
/// The program runs without ICU, where the framework's NFKC leaves text as it is; so the ranges that matter for
/// disguise are folded here. The result is for matching only and never shown.
/// </remarks>
internal static class CanonicalFold
{
    /// <summary>Most characters that one character becomes.</summary>
    public const int MaxLength = 3;

    private const string LookAlikes =
        "Аа=Aa Вв=Bb Ее=Ee Ѕѕ=Ss Іі=Ii Јј=Jj Кк=Kk Мм=Mm Нн=Hh Оо=Oo Рр=Pp Сс=Cc Тт=Tt Уу=Yy Хх=Xx " +
        "Ԁԁ=Dd Ԛԛ=Qq Ԝԝ=Ww Һһ=Hh Ӏӏ=Ll Αα=Aa Ββ=Bb Εε=Ee Ζζ=Zz Ηη=Hn Ιι=Ii Κκ=Kk Μμ=Mu Νν=Nv Οο=Oo Ρρ=Pp Ττ=Tt Υυ=Yu Χχ=Xx " +
        "ɑɡ=ag ıȷ=ij ℓℊ=lg";

    private static readonly FrozenDictionary<int, string> Table = BuildTable();

    /// <summary>Writes the folded form and returns its length, 0 for a character that is stripped.</summary>
    public static int Fold(Rune rune, Span<char> folded)
    {
        if (rune.Value is >= ' ' and <= '~' or '\n')
        {
            folded[0] = (char)rune.Value;
            return 1;
        }

        if (Table.TryGetValue(rune.Value, out var plain))
        {
            plain.CopyTo(folded);
            return plain.Length;
        }

        var single = FoldRange(rune.Value);
        if (single == '\0')
        {
            single = FoldCategory(rune, out var stripped);
            if (stripped)
            {
                return 0;
            }
        }

        if (single != '\0')
        {
            folded[0] = single;
            return 1;
        }

        return rune.EncodeToUtf16(folded);
    }

    /// <summary>Folds a whole pattern in the way texts are folded.</summary>
    public static string Fold(string text)
    {
        var builder = new StringBuilder(text.Length);
        Span<char> folded = stackalloc char[MaxLength];
        foreach (var rune in text.EnumerateRunes())
        {
            builder.Append(folded[..Fold(rune, folded)]);
        }

        return builder.ToString();
    }

    private static char FoldRange(int value) => value switch
    {
        >= 0xFF01 and <= 0xFF5E => (char)(value - 0xFEE0),
        >= 0x1D400 and <= 0x1D6A3 => Letter((value - 0x1D400) % 52),
        >= 0x24B6 and <= 0x24E9 => Letter(value - 0x24B6),
        >= 0x249C and <= 0x24B5 => (char)('a' + value - 0x249C),
        >= 0x1F110 and <= 0x1F129 => (char)('A' + value - 0x1F110),
        >= 0x1F130 and <= 0x1F149 => (char)('A' + value - 0x1F130),
        >= 0x1F150 and <= 0x1F169 => (char)('A' + value - 0x1F150),
        >= 0x1F170 and <= 0x1F189 => (char)('A' + value - 0x1F170),
        _ => '\0',
    };

    private static char Letter(int index) => (char)(index < 26 ? 'A' + index : 'a' + index - 26);

    private static char FoldCategory(Rune rune, out bool stripped)
    {
        stripped = false;
        switch (Rune.GetUnicodeCategory(rune))
        {
            case UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.NonSpacingMark
                or UnicodeCategory.EnclosingMark or UnicodeCategory.Surrogate:
                stripped = true;
                return '\0';
            case UnicodeCategory.SpaceSeparator:
                return ' ';
            case UnicodeCategory.DashPunctuation:
                return '-';
            case UnicodeCategory.DecimalDigitNumber or UnicodeCategory.OtherNumber:
                return FoldDigit(rune);
            default:
                return '\0';
        }
    }

    private static char FoldDigit(Rune rune)
    {
        var value = CharUnicodeInfo.GetDigitValue(rune.ToString(), 0);
        return value is >= 0 and <= 9 ? (char)('0' + value) : '\0';
    }

    private static FrozenDictionary<int, string> BuildTable()
    {
        var table = new Dictionary<int, string>
        {
            ['\t'] = " ", [0x85] = "\n", [0x2028] = "\n", [0x2029] = "\n", [0x2212] = "-", [0x2024] = ".",
            [0x3002] = ".", [0xFF61] = ".", [0xFE52] = ".", [0xFE6B] = "@", [0xFE63] = "-", [0xFE55] = ":",
            [0xFB00] = "ff", [0xFB01] = "fi", [0xFB02] = "fl", [0xFB03] = "ffi", [0xFB04] = "ffl", [0xFB05] = "st", [0xFB06] = "st",
            [0x2116] = "No", [0x115F] = "", [0x1160] = "", [0x3164] = "", [0xFFA0] = "", [0x2800] = "",
        };
        foreach (var pair in LookAlikes.Split(' '))
        {
            var half = pair.IndexOf('=', StringComparison.Ordinal);
            for (var index = 0; index < half; index++)
            {
                table[pair[index]] = pair[half + 1 + index].ToString();
            }
        }

        return table.ToFrozenDictionary();
    }
}
