using System.Globalization;
using GenAI.Generation.Templates.Jinja.Values;

namespace GenAI.Generation.Templates.Jinja.Runtime;

/// <summary>Equality as ECMAScript has it (ECMA-262 §7.2.13 IsLooselyEqual, §7.2.14 IsStrictlyEqual): the reference implementation compares with it.</summary>
internal static class JsEquality
{
    public static bool Strict(JinjaValue left, JinjaValue right) => (left, right) switch
    {
        (JinjaString a, JinjaString b) => string.Equals(a.Value, b.Value, StringComparison.Ordinal),
        (JinjaNumber a, JinjaNumber b) => a.Value == b.Value,
        (JinjaBoolean a, JinjaBoolean b) => a.Value == b.Value,
        (JinjaArray a, JinjaArray b) => ReferenceEquals(a.Items, b.Items),
        (JinjaMap a, JinjaMap b) => ReferenceEquals(a.Entries, b.Entries),
        _ => (IsNothing(left) && IsNothing(right)) || ReferenceEquals(left, right),
    };

    public static bool Loose(JinjaValue left, JinjaValue right, RenderBudget budget)
    {
        if (IsNothing(left) || IsNothing(right))
        {
            return IsNothing(left) && IsNothing(right);
        }

        var leftIsPrimitive = IsPrimitive(left);
        var rightIsPrimitive = IsPrimitive(right);
        if (leftIsPrimitive != rightIsPrimitive)
        {
            return leftIsPrimitive
                ? Loose(left, new JinjaString(JinjaText.Raw(right, budget)), budget)
                : Loose(new JinjaString(JinjaText.Raw(left, budget)), right, budget);
        }

        return !leftIsPrimitive || (left is JinjaString && right is JinjaString) ? Strict(left, right) : ToNumber(left) == ToNumber(right);
    }

    private static bool IsNothing(JinjaValue value) => value is JinjaNull or JinjaUndefined;

    private static bool IsPrimitive(JinjaValue value) => value is JinjaString or JinjaNumber or JinjaBoolean;

    private static double ToNumber(JinjaValue value) => value switch
    {
        JinjaNumber number => number.Value,
        JinjaBoolean boolean => boolean.Value ? 1 : 0,
        JinjaString text => ParseWhole(JsText.Trim(text.Value)),
        _ => double.NaN,
    };

    private static double ParseWhole(string text)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (text.Length == 0)
        {
            return 0;
        }

        // .NET would also take its own words for infinity and not-a-number.
        var isNumeric = char.IsAsciiDigit(text[^1]) || text[^1] == '.';
        return isNumeric && double.TryParse(text, Style, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;
    }
}
