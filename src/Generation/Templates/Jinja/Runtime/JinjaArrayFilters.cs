using GenAI.Generation.Templates.Jinja.Values;

namespace GenAI.Generation.Templates.Jinja.Runtime;

/// <summary>Filters of lists.</summary>
internal static class JinjaArrayFilters
{
    public static JinjaValue? ApplyBare(string name, JinjaArray operand, RenderBudget budget)
    {
        var items = operand.Items;
        budget.Charge(items.Count);
        return name switch
        {
            "list" => operand,
            "first" => items.Count > 0 ? items[0] : null,
            "last" => items.Count > 0 ? items[^1] : null,
            "length" => JinjaValue.Of(items.Count),
            "reverse" => new JinjaArray([.. items.Reverse()]),
            "sort" => new JinjaArray(JinjaOrdering.Sort(items, static i => i, isCaseSensitive: false, isReversed: false, budget)),
            "join" => new JinjaString(string.Concat(RawItems(operand, budget))),
            "string" => new JinjaString(JinjaText.Print(operand, budget)),
            "unique" => Unique(items, budget),
            _ => throw JinjaFilters.Unknown(name, operand),
        };
    }

    public static JinjaValue ApplyCall(string name, JinjaArray operand, JinjaArguments arguments, RenderBudget budget)
    {
        budget.Charge(operand.Items.Count);
        return name switch
        {
            "sort" => Sort(operand, arguments, budget),
            "selectattr" or "rejectattr" => SelectByAttribute(name, operand, arguments),
            "map" => MapAttribute(operand, arguments),
            _ => throw JinjaFilters.Unknown(name, operand),
        };
    }

    /// <summary>What joining sees of the items: nothing of none and undefined.</summary>
    public static string[] RawItems(JinjaArray array, RenderBudget budget)
    {
        var total = 0L;
        return [.. array.Items.Select(item =>
        {
            var text = item is JinjaNull or JinjaUndefined ? "" : JinjaText.Raw(item, budget);
            budget.ChargeText(total += text.Length);
            return text;
        })];
    }

    private static JinjaArray Unique(IReadOnlyList<JinjaValue> items, RenderBudget budget)
    {
        var result = new List<JinjaValue>();
        foreach (var item in items)
        {
            budget.Charge(result.Count);
            if (!result.Exists(seen => JsEquality.Strict(seen, item)))
            {
                result.Add(item);
            }
        }

        return new JinjaArray(result);
    }

    private static JinjaArray Sort(JinjaArray operand, JinjaArguments arguments, RenderBudget budget)
    {
        var path = arguments.Get(2, "attribute") switch
        {
            null or JinjaNull => null,
            JinjaString text => text.Value,
            JinjaInteger number => JsText.FromNumber(number.Value),
            _ => throw new ChatTemplateException("The chat template sorts by an attribute that is neither a name nor an index."),
        };
        return new JinjaArray(JinjaOrdering.Sort(
            operand.Items,
            item => path is null ? item : Attribute(item, path),
            isCaseSensitive: arguments.GetBoolean(1, "case_sensitive"),
            isReversed: arguments.GetBoolean(0, "reverse"),
            budget));
    }

    private static JinjaArray SelectByAttribute(string name, JinjaArray operand, JinjaArguments arguments)
    {
        if (operand.Items.Any(static i => i is not JinjaMap) || arguments.Positional.Any(static a => a is not JinjaString))
        {
            throw new ChatTemplateException($"The chat template applies {name} to something other than objects, or with arguments that are not strings.");
        }

        var texts = arguments.Positional.Cast<JinjaString>().ToArray();
        if (texts.Length == 0 || arguments.Keywords.Count > 0)
        {
            throw new ChatTemplateException($"The chat template applies {name} without the name of an attribute.");
        }

        var isSelect = name == "selectattr";
        return new JinjaArray([.. operand.Items.Where(item => Matches((JinjaMap)item) == isSelect)]);

        bool Matches(JinjaMap item) => item.Entries.TryGetValue(texts[0].Value, out var value)
            && (texts.Length == 1 ? value.IsTrue : JinjaTests.Apply(texts[1].Value, value, texts.ElementAtOrDefault(2)));
    }

    private static JinjaArray MapAttribute(JinjaArray operand, JinjaArguments arguments)
    {
        if (arguments.Keywords.GetValueOrDefault("attribute") is not JinjaString path)
        {
            throw new ChatTemplateException("The chat template uses map without the name of an attribute, which is not known.");
        }

        var fallback = arguments.Keywords.GetValueOrDefault("default");
        return new JinjaArray([.. operand.Items.Select(item => item is not JinjaMap
            ? throw new ChatTemplateException("The chat template maps an attribute of something that is not an object.")
            : Attribute(item, path.Value) is var value and not JinjaUndefined ? value : fallback ?? JinjaUndefined.Instance)]);
    }

    /// <summary>Follows a dotted path through objects and lists.</summary>
    private static JinjaValue Attribute(JinjaValue item, string path)
    {
        foreach (var part in path.Split('.'))
        {
            item = item switch
            {
                JinjaMap map => map.Entries.GetValueOrDefault(part) ?? JinjaUndefined.Instance,
                JinjaArray array when JsText.ParseInteger(part) is var index && index >= 0 && index < array.Items.Count => array.Items[(int)index],
                _ => JinjaUndefined.Instance,
            };
            if (item is JinjaUndefined)
            {
                break;
            }
        }

        return item;
    }
}
