using GenAI.Generation.Templates.Jinja.Values;

namespace GenAI.Generation.Templates.Jinja.Runtime;

/// <summary>Python's slices of lists and texts; a text is cut between code points.</summary>
internal static class JinjaSlices
{
    public static JinjaValue Apply(JinjaValue target, JinjaValue start, JinjaValue stop, JinjaValue step, RenderBudget budget)
    {
        var (from, to, by) = (Bound(start), Bound(stop), Bound(step));
        switch (target)
        {
            case JinjaArray array:
                budget.Charge(array.Items.Count);
                return new JinjaArray(Take(array.Items, from, to, by));
            case JinjaString text:
                budget.ChargeText(text.Value.Length);
                return new JinjaString(string.Concat(Take([.. JsText.CodePoints(text.Value)], from, to, by)));
            default:
                throw new ChatTemplateException($"The chat template slices a {target.Kind}.");
        }
    }

    private static List<T> Take<T>(IReadOnlyList<T> items, double? start, double? stop, double? step)
    {
        var length = items.Count;
        var by = step ?? 1;
        var result = new List<T>();
        if (by == 0)
        {
            return result;
        }

        // Backwards, -1 as the end means "before the first item": the reference implementation does not tell it from a missing end.
        var from = by > 0
            ? Clamp(start ?? 0, 0, 0, length)
            : Clamp(start ?? length - 1, 0, -1, length - 1);
        var to = by > 0
            ? Clamp(stop ?? length, 0, 0, length)
            : Clamp(stop ?? -1, -1, -1, length - 1);
        for (var i = from; by > 0 ? i < to : i > to; i += by)
        {
            result.Add(items[(int)i]);
        }

        return result;

        double Clamp(double bound, double fromEndBelow, double low, double high) =>
            bound < fromEndBelow ? Math.Max(length + bound, low) : Math.Min(bound, high);
    }

    private static double? Bound(JinjaValue value) => value switch
    {
        JinjaInteger number => number.Value,
        JinjaUndefined => null,
        _ => throw new ChatTemplateException($"The chat template slices at a {value.Kind}."),
    };
}
