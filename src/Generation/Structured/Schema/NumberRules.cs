using System.Globalization;
using System.Text.Json.Nodes;

namespace GenAI.Generation.Structured.Schema;

/// <summary>
/// Numbers, digit by digit. A range is cut at zero; each half is a range of plain decimals, and "at least" and "at most" are walks along the
/// digits of the bound: once a digit differs, the rest is free.
/// </summary>
internal sealed class NumberRules(GrammarBuilder grammar)
{
    private const int MaxDigits = 16;
    private const string Whole = "(\"0\" | [1-9] [0-9]{0,15})";
    private const string Fraction = "(\".\" [0-9]{1,16})?";

    public string Compile(JsonObject schema, string path, bool isInteger)
    {
        if (schema.ContainsKey("multipleOf"))
        {
            isInteger = schema["multipleOf"] is JsonValue step && step.TryGetValue<decimal>(out var one) && one == 1
                ? true
                : throw new UnsupportedSchemaException("multipleOf", path, "is not supported");
        }

        var range = NumberRange.Of(schema, path);
        if (range.IsOpen)
        {
            return grammar.Rule(isInteger ? "integer" : "number", isInteger ? $"\"-\"? {Whole}" : $"\"-\"? {Whole} {Fraction} ([eE] [-+]? [0-9]{{1,3}})?");
        }

        var halves = isInteger ? IntegerHalves(range) : DecimalHalves(range);
        return halves.Count == 0
            ? throw new UnsupportedSchemaException("minimum", path, "leaves no number below the maximum")
            : grammar.Rule(isInteger ? "integer" : "number", string.Join(" | ", halves));
    }

    private static List<string> IntegerHalves(NumberRange range)
    {
        var min = range.Min is { } low ? (range.ExcludesMin ? decimal.Floor(low) + 1 : decimal.Ceiling(low)) : (decimal?)null;
        var max = range.Max is { } high ? (range.ExcludesMax ? decimal.Ceiling(high) - 1 : decimal.Floor(high)) : (decimal?)null;
        var halves = new List<string>();
        if (min > max)
        {
            return halves;
        }

        if (max is null or >= 0)
        {
            halves.AddRange(WholeBetween(Math.Max(min ?? 0, 0), max));
        }

        if (min is null or < 0)
        {
            halves.AddRange(WholeBetween(Math.Max(-(max ?? -1), 1), -min).Select(static w => $"\"-\" {w}"));
        }

        return halves;
    }

    /// <summary>Whole numbers from min to max, as alternatives of equal length of digits.</summary>
    private static IEnumerable<string> WholeBetween(decimal min, decimal? max)
    {
        if (min > max)
        {
            yield break;
        }

        var low = Digits(min);
        var high = max is { } m ? Digits(m) : null;
        for (var length = low.Length; length <= (high?.Length ?? Math.Max(MaxDigits, low.Length)); length++)
        {
            var from = length == low.Length ? low : "1" + new string('0', length - 1);
            var to = length == high?.Length ? high : new string('9', length);
            yield return SameLength(from, to);
        }
    }

    /// <summary>Numbers of one length between two of that length.</summary>
    private static string SameLength(string from, string to)
    {
        if (from.Length == 0)
        {
            return "";
        }

        if (from.All(static c => c == '0') && to.All(static c => c == '9'))
        {
            return Any(from.Length);
        }

        if (from[0] == to[0])
        {
            return $"\"{from[0]}\" {SameLength(from[1..], to[1..])}".TrimEnd();
        }

        var rest = from.Length - 1;
        var (nines, zeros) = (new string('9', rest), new string('0', rest));
        var first = from[1..].All(static c => c == '0') ? from[0] : (char)(from[0] + 1);
        var last = to[1..].All(static c => c == '9') ? to[0] : (char)(to[0] - 1);
        var parts = new List<string>();
        if (first != from[0])
        {
            parts.Add($"\"{from[0]}\" {SameLength(from[1..], nines)}".TrimEnd());
        }

        if (first <= last)
        {
            parts.Add($"[{first}-{last}] {Any(rest)}".TrimEnd());
        }

        if (last != to[0])
        {
            parts.Add($"\"{to[0]}\" {SameLength(zeros, to[1..])}".TrimEnd());
        }

        return Gbnf.AnyOf(parts);
    }

    private static List<string> DecimalHalves(NumberRange range)
    {
        var halves = new List<string>();
        if (range.Max is null || range.Max > 0 || (range.Max == 0 && !range.ExcludesMax))
        {
            var startsAtZero = range.Min is null or < 0;
            halves.AddRange(DecimalBetween(startsAtZero ? 0 : range.Min!.Value, !startsAtZero && range.ExcludesMin, range.Max, range.ExcludesMax));
        }

        if (range.Min is null or < 0)
        {
            // Minus zero is left to the other half.
            var endsAtZero = range.Max is null or >= 0;
            halves.AddRange(DecimalBetween(endsAtZero ? 0 : -range.Max!.Value, endsAtZero || range.ExcludesMax, -range.Min, range.ExcludesMin).Select(static d => $"\"-\" {d}"));
        }

        return halves;
    }

    private static IEnumerable<string> DecimalBetween(decimal min, bool excludesMin, decimal? max, bool excludesMax)
    {
        if (min > max || (min == max && (excludesMin || excludesMax)))
        {
            yield break;
        }

        var (low, lowFraction) = Split(min);
        var (high, highFraction) = max is { } m ? Split(m) : (0, "");
        if (low == high && max is not null)
        {
            yield return $"\"{Digits(low)}\" {Between(lowFraction, excludesMin, highFraction, excludesMax)}";
            yield break;
        }

        yield return $"\"{Digits(low)}\" {AtLeast(lowFraction, excludesMin, isFirst: true)}";
        foreach (var whole in WholeBetween(low + 1, max is null ? null : high - 1))
        {
            yield return $"{whole} {Fraction}";
        }

        if (max is not null && !(excludesMax && highFraction.Length == 0))
        {
            yield return $"\"{Digits(high)}\" {AtMost(highFraction, excludesMax, isFirst: true)}";
        }
    }

    /// <summary>What may follow the whole part so that the fraction is at least this one. The point belongs to the first digit.</summary>
    private static string AtLeast(string bound, bool excludes, bool isFirst)
    {
        var point = isFirst ? "\".\" " : "";
        if (bound.Length == 0)
        {
            return excludes ? $"{point}[0-9]{{0,12}} [1-9] [0-9]{{0,3}}" : isFirst ? Fraction : "[0-9]{0,8}";
        }

        var greater = bound[0] == '9' ? "" : $"[{(char)(bound[0] + 1)}-9] [0-9]{{0,15}} | ";
        return $"{point}({greater}\"{bound[0]}\" {AtLeast(bound[1..], excludes, isFirst: false)})";
    }

    /// <summary>What may follow the whole part so that the fraction is at most this one.</summary>
    private static string AtMost(string bound, bool excludes, bool isFirst)
    {
        if (bound.Length == 0)
        {
            return isFirst ? "(\".\" \"0\"{1,8})?" : "\"0\"{0,8}";
        }

        var alternatives = new List<string>();
        if (bound[0] > '0')
        {
            alternatives.Add($"[0-{(char)(bound[0] - 1)}] [0-9]{{0,15}}");
        }

        if (bound.Length > 1 || !excludes)
        {
            alternatives.Add($"\"{bound[0]}\" {AtMost(bound[1..], excludes, isFirst: false)}");
        }

        var digits = Gbnf.AnyOf(alternatives);
        return isFirst ? $"(\".\" {digits})?" : $"{digits}?";
    }

    /// <summary>What may follow the whole part when both bounds share it: along the digits they have in common, then between them.</summary>
    private static string Between(string low, bool excludesLow, string high, bool excludesHigh, bool isFirst = true)
    {
        if (high.Length == 0)
        {
            return isFirst ? "(\".\" \"0\"{1,8})?" : "\"0\"{0,8}";
        }

        var (from, to) = (low.Length > 0 ? low[0] : '0', high[0]);
        var rest = low.Length > 0 ? low[1..] : "";
        var alternatives = new List<string>();
        if (from == to)
        {
            alternatives.Add($"\"{from}\" {Between(rest, excludesLow, high[1..], excludesHigh, isFirst: false)}");
        }
        else
        {
            alternatives.Add($"\"{from}\" {AtLeast(rest, excludesLow, isFirst: false)}");
            if (to - from > 1)
            {
                alternatives.Add($"[{(char)(from + 1)}-{(char)(to - 1)}] [0-9]{{0,15}}");
            }

            if (high.Length > 1 || !excludesHigh)
            {
                alternatives.Add($"\"{to}\" {AtMost(high[1..], excludesHigh, isFirst: false)}");
            }
        }

        var digits = (isFirst ? "\".\" " : "") + Gbnf.AnyOf(alternatives);
        return low.Length == 0 && !excludesLow ? $"({digits})?" : digits;
    }

    private static string Any(int digits) => digits switch
    {
        0 => "",
        1 => "[0-9]",
        _ => $"[0-9]{{{digits.ToString(CultureInfo.InvariantCulture)}}}",
    };

    private static string Digits(decimal value) => decimal.Truncate(value).ToString("0", CultureInfo.InvariantCulture);

    private static (decimal Whole, string Fraction) Split(decimal value)
    {
        var text = value.ToString("0.############################", CultureInfo.InvariantCulture);
        var point = text.IndexOf('.', StringComparison.Ordinal);
        return (decimal.Truncate(value), point < 0 ? "" : text[(point + 1)..]);
    }
}
