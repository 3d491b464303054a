using System.Globalization;

namespace GenAI.Guardrails.Pii;

/// <summary>Issuer ranges and lengths of payment cards (ISO/IEC 7812 assignments as the networks publish them).</summary>
internal static class CardIssuers
{
    private static readonly (int Low, int High, int[] Lengths)[] Ranges =
    [
        (4000, 4999, [13, 16, 19]),
        (5100, 5599, [16]),
        (2221, 2720, [16]),
        (3400, 3499, [15]),
        (3700, 3799, [15]),
        (3000, 3059, [14, 16, 19]),
        (3095, 3095, [14, 16, 19]),
        (3600, 3699, [14, 15, 16, 17, 18, 19]),
        (3800, 3999, [14, 16, 19]),
        (6011, 6011, [16, 17, 18, 19]),
        (6440, 6599, [16, 17, 18, 19]),
        (6200, 6299, [16, 17, 18, 19]),
        (3528, 3589, [16, 17, 18, 19]),
        (2131, 2131, [15]),
        (1800, 1800, [15]),
        (2200, 2204, [16, 17, 18, 19]),
    ];

    public static bool IsIssued(ReadOnlySpan<char> digits)
    {
        var prefix = Prefix(digits);
        foreach (var (low, high, lengths) in Ranges)
        {
            if (prefix >= low && prefix <= high && lengths.AsSpan().Contains(digits.Length))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>First digits of banking and travel that no network above publishes: they count only beside a word that names a card.</summary>
    public static bool MayBeIssued(ReadOnlySpan<char> digits) => digits[0] is >= '3' and <= '6';

    private static int Prefix(ReadOnlySpan<char> digits) =>
        int.Parse(digits[..4], NumberStyles.None, CultureInfo.InvariantCulture);
}
