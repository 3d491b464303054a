using GenAI.Generation.Templates.Jinja.Values;

namespace GenAI.Generation.Templates.Jinja.Runtime;

/// <summary>Order of values for sorting: numbers (booleans among them) with numbers, texts with texts, nothing across kinds.</summary>
internal static class JinjaOrdering
{
    public static int Compare(JinjaValue left, JinjaValue right, bool isCaseSensitive) => (left, right) switch
    {
        (JinjaNull, JinjaNull) or (JinjaUndefined, JinjaUndefined) => 0,
        (JinjaString a, JinjaString b) => isCaseSensitive
            ? string.CompareOrdinal(a.Value, b.Value)
            : string.CompareOrdinal(a.Value.ToLowerInvariant(), b.Value.ToLowerInvariant()),
        _ when AsNumber(left) is { } a && AsNumber(right) is { } b => a < b ? -1 : a > b ? 1 : 0,
        _ => throw new ChatTemplateException($"The chat template sorts {left.Kind} among {right.Kind}."),
    };

    /// <summary>A stable sort.</summary>
    public static IReadOnlyList<T> Sort<T>(IReadOnlyList<T> items, Func<T, JinjaValue> key, bool isCaseSensitive, bool isReversed, RenderBudget budget)
    {
        var comparer = Comparer<JinjaValue>.Create((a, b) =>
        {
            budget.Charge();
            return isReversed ? -Compare(a, b, isCaseSensitive) : Compare(a, b, isCaseSensitive);
        });
        try
        {
            return [.. items.OrderBy(key, comparer)];
        }
        catch (InvalidOperationException e) when (e.InnerException is ChatTemplateException or OperationCanceledException)
        {
            throw e.InnerException;
        }
    }

    private static double? AsNumber(JinjaValue value) => value switch
    {
        JinjaNumber number => number.Value,
        JinjaBoolean boolean => boolean.Value ? 1 : 0,
        _ => null,
    };
}
