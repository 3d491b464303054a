using GenAI.Generation.Templates.Jinja.Values;

namespace GenAI.Generation.Templates.Jinja.Runtime;

/// <summary>Methods of texts.</summary>
internal static class JinjaStringMethods
{
    public static JinjaValue? Get(string text, string name, RenderBudget budget)
    {
        Func<IReadOnlyList<JinjaValue>, JinjaValue>? method = name switch
        {
            "upper" => _ => JinjaValue.Of(text.ToUpperInvariant()),
            "lower" => _ => JinjaValue.Of(text.ToLowerInvariant()),
            "strip" => _ => JinjaValue.Of(JsText.Trim(text)),
            "lstrip" => _ => JinjaValue.Of(JsText.TrimStart(text)),
            "rstrip" => _ => JinjaValue.Of(JsText.TrimEnd(text)),
            "title" => _ => JinjaValue.Of(JsText.Title(text)),
            "capitalize" => _ => JinjaValue.Of(Capitalize(text)),
            "startswith" => arguments => JinjaValue.Of(Affixes(name, arguments).Any(a => text.StartsWith(a, StringComparison.Ordinal))),
            "endswith" => arguments => JinjaValue.Of(Affixes(name, arguments).Any(a => text.EndsWith(a, StringComparison.Ordinal))),
            "split" => arguments => Split(text, arguments, budget),
            "replace" => arguments => Replace(text, arguments, budget),
            _ => null,
        };
        if (name == "length")
        {
            return JinjaValue.Of(text.Length);
        }

        return method is null ? null : new JinjaFunction((arguments, _) =>
        {
            budget.ChargeText(text.Length);
            return method(arguments);
        });
    }

    public static string Capitalize(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    public static JinjaString Replace(string text, IReadOnlyList<JinjaValue> arguments, RenderBudget budget)
    {
        if (arguments is not [JinjaString from, JinjaString to, ..])
        {
            throw new ChatTemplateException("The chat template calls replace() with something other than two strings.");
        }

        var third = arguments.Count > 2 ? arguments[2] : null;
        var limit = third is JinjaKeywordArguments keywords ? keywords.Entries.GetValueOrDefault("count") : third;
        var count = limit switch
        {
            null or JinjaNull => double.PositiveInfinity,
            JinjaInteger number => number.Value < 0 ? double.PositiveInfinity : number.Value,
            _ => throw new ChatTemplateException("The chat template calls replace() with a count that is not a number."),
        };
        return new JinjaString(JsReplace.Replace(text, from.Value, to.Value, count, budget));
    }

    private static IEnumerable<string> Affixes(string name, IReadOnlyList<JinjaValue> arguments)
    {
        IReadOnlyList<JinjaValue>? affixes = arguments switch
        {
            [JinjaString one, ..] => [one],
            [JinjaArray many, ..] => many.Items,
            _ => null,
        };
        return affixes?.Select(a => a is JinjaString affix ? affix.Value : throw NotText(name)) ?? throw NotText(name);
    }

    /// <summary>As Python's <c>str.split</c>: runs of blanks without a separator, every occurrence with one.</summary>
    private static JinjaArray Split(string text, IReadOnlyList<JinjaValue> arguments, RenderBudget budget)
    {
        var limit = arguments.Count < 2 ? -1 : arguments[1] is JinjaInteger number ? number.Value : throw NotText("split");
        var parts = (arguments.Count == 0 ? JinjaNull.Instance : arguments[0]) switch
        {
            JinjaNull => SplitBlanks(JsText.TrimStart(text), limit),
            JinjaString { Value.Length: 0 } => throw new ChatTemplateException("The chat template splits a text at an empty separator."),
            JinjaString separator => SplitAt(text, separator.Value, limit),
            _ => throw NotText("split"),
        };
        budget.Charge(parts.Count);
        return new JinjaArray([.. parts.Select(JinjaValue.Of)]);
    }

    private static List<string> SplitAt(string text, string separator, double limit)
    {
        var parts = text.Split(separator).ToList();
        if (limit != -1 && parts.Count > limit)
        {
            // A negative limit other than -1 counts from the end, as the reference implementation's splice does.
            var keep = (int)Math.Clamp(limit < 0 ? parts.Count + limit : limit, 0, parts.Count);
            var rest = string.Join(separator, parts.Skip(keep));
            parts.RemoveRange(keep, parts.Count - keep);
            parts.Add(rest);
        }

        return parts;
    }

    private static List<string> SplitBlanks(string text, double limit)
    {
        var parts = new List<string>();
        var position = 0;
        while (position < text.Length)
        {
            var start = position;
            while (position < text.Length && !JsText.IsWhiteSpace(text[position]))
            {
                position++;
            }

            if (limit != -1 && parts.Count >= limit)
            {
                parts.Add(text[start..]);
                return parts;
            }

            parts.Add(text[start..position]);
            while (position < text.Length && JsText.IsWhiteSpace(text[position]))
            {
                position++;
            }
        }

        return parts;
    }

    private static ChatTemplateException NotText(string method) => new($"The chat template calls {method}() with arguments of the wrong kind.");
}
