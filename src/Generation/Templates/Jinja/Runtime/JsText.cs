using System.Globalization;
using System.Text;

namespace GenAI.Generation.Templates.Jinja.Runtime;

/// <summary>
/// Text rules of ECMAScript where they differ from .NET's. The reference implementation runs on it, so what a template prints of a
/// number or takes for a blank follows from here (ECMA-262 §6.1.6.1.20 Number::toString, §12.2 White Space, §22.1.3.32 trim).
/// </summary>
internal static class JsText
{
    public static bool IsWhiteSpace(char c) => c switch
    {
        '\t' or '\n' or '\v' or '\f' or '\r' or ' ' or '\u00A0' or '\uFEFF' or '\u2028' or '\u2029' => true,
        _ => char.GetUnicodeCategory(c) == UnicodeCategory.SpaceSeparator,
    };

    public static string TrimStart(string text)
    {
        var start = 0;
        while (start < text.Length && IsWhiteSpace(text[start]))
        {
            start++;
        }

        return text[start..];
    }

    public static string TrimEnd(string text)
    {
        var end = text.Length;
        while (end > 0 && IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        return text[..end];
    }

    public static string Trim(string text) => TrimStart(TrimEnd(text));

    /// <summary>Decimal up to 21 digits before the point and six zeros after it, an exponent beyond.</summary>
    public static string FromNumber(double value)
    {
        if (double.IsNaN(value))
        {
            return "NaN";
        }

        if (double.IsInfinity(value))
        {
            return value > 0 ? "Infinity" : "-Infinity";
        }

        if (value == 0)
        {
            return "0";
        }

        // The shortest digits that read back as the same double, which .NET writes as d.dddE+xxx or in full.
        var shortest = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture);
        var mantissaEnd = shortest.IndexOf('E');
        var exponent = mantissaEnd < 0 ? 0 : int.Parse(shortest.AsSpan(mantissaEnd + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = mantissaEnd < 0 ? shortest : shortest[..mantissaEnd];
        var point = mantissa.IndexOf('.') is >= 0 and var at ? at : mantissa.Length;
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        var leadingZeros = digits.Length - digits.TrimStart('0').Length;
        return (value < 0 ? "-" : "") + Place(digits.Trim('0'), point + exponent - leadingZeros);
    }

    /// <summary>The longest prefix that is a decimal integer, or NaN.</summary>
    public static double ParseInteger(string text)
    {
        var trimmed = TrimStart(text);
        var end = trimmed.Length > 0 && trimmed[0] is '+' or '-' ? 1 : 0;
        var start = end;
        while (end < trimmed.Length && char.IsAsciiDigit(trimmed[end]))
        {
            end++;
        }

        return end == start ? double.NaN : double.Parse(trimmed.AsSpan(0, end), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
    }

    /// <summary>The longest prefix that is a decimal number, or NaN.</summary>
    public static double ParseFloat(string text)
    {
        var trimmed = TrimStart(text);
        for (var length = Math.Min(trimmed.Length, 400); length > 0; length--)
        {
            if (char.IsAsciiDigit(trimmed[length - 1]) || trimmed[length - 1] == '.')
            {
                const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
                if (double.TryParse(trimmed.AsSpan(0, length), Style, CultureInfo.InvariantCulture, out var value))
                {
                    return value;
                }
            }
        }

        return trimmed.StartsWith("Infinity", StringComparison.Ordinal) || trimmed.StartsWith("+Infinity", StringComparison.Ordinal) ? double.PositiveInfinity
            : trimmed.StartsWith("-Infinity", StringComparison.Ordinal) ? double.NegativeInfinity
            : double.NaN;
    }

    /// <summary>Upper-cases the first letter of each run of ASCII word characters.</summary>
    public static string Title(string text)
    {
        var result = new StringBuilder(text);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsAsciiLetterLower(text[i]) && (i == 0 || !(char.IsAsciiLetterOrDigit(text[i - 1]) || text[i - 1] == '_')))
            {
                result[i] = char.ToUpperInvariant(text[i]);
            }
        }

        return result.ToString();
    }

    /// <summary>Code points, with an unpaired surrogate standing for itself.</summary>
    public static IEnumerable<string> CodePoints(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var length = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]) ? 2 : 1;
            yield return text.Substring(i, length);
            i += length - 1;
        }
    }

    private static string Place(string digits, int point)
    {
        if (digits.Length <= point && point <= 21)
        {
            return digits.PadRight(point, '0');
        }

        if (point is > 0 and <= 21)
        {
            return digits[..point] + "." + digits[point..];
        }

        if (point is > -6 and <= 0)
        {
            return "0." + new string('0', -point) + digits;
        }

        var exponent = point - 1;
        return digits[..1] + (digits.Length > 1 ? "." + digits[1..] : "") + (exponent < 0 ? "e-" : "e+") + Math.Abs(exponent).ToString(CultureInfo.InvariantCulture);
    }
}
