using GenAI.Generation.Templates.Jinja.Values;

namespace GenAI.Generation.Templates.Jinja.Runtime;

/// <summary>Methods of dictionaries; an entry of the same name hides the method.</summary>
internal static class JinjaObjectMethods
{
    public static JinjaValue? Get(JinjaObject target, string name, RenderBudget budget)
    {
        Func<IReadOnlyList<JinjaValue>, JinjaValue>? method = name switch
        {
            "get" => arguments => GetEntry(target, arguments),
            "items" => _ => Items(target),
            "keys" => _ => new JinjaArray([.. target.Entries.Keys.Select(JinjaValue.Of)]),
            "values" => _ => new JinjaArray([.. target.Entries.Values]),
            "dictsort" => arguments => DictSort(target, JinjaArguments.Split(arguments), budget),
            _ => null,
        };
        return method is null ? null : new JinjaFunction((arguments, _) =>
        {
            budget.Charge(target.Entries.Count);
            return method(arguments);
        });
    }

    public static JinjaArray Items(JinjaObject target) => new([.. Pairs(target)]);

    private static IEnumerable<JinjaArray> Pairs(JinjaObject target) =>
        target.Entries.Select(static entry => new JinjaArray([new JinjaString(entry.Key), entry.Value]));

    private static JinjaValue GetEntry(JinjaObject target, IReadOnlyList<JinjaValue> arguments)
    {
        if (arguments is not [JinjaString key, ..])
        {
            throw new ChatTemplateException("The chat template calls get() with a key that is not a string.");
        }

        return target.Entries.GetValueOrDefault(key.Value) ?? (arguments.Count > 1 ? arguments[1] : JinjaNull.Instance);
    }

    private static JinjaArray DictSort(JinjaObject target, JinjaArguments arguments, RenderBudget budget)
    {
        var by = (arguments.Get(1, "by") ?? JinjaValue.Of("key")) is JinjaString { Value: "key" or "value" } name
            ? name.Value
            : throw new ChatTemplateException("The chat template calls dictsort by something other than 'key' or 'value'.");
        var isCaseSensitive = arguments.GetBoolean(0, "case_sensitive");
        var isReversed = arguments.GetBoolean(2, "reverse");
        return new JinjaArray(JinjaOrdering.Sort([.. Pairs(target)], pair => pair.Items[by == "key" ? 0 : 1], isCaseSensitive, isReversed, budget));
    }
}
