using System.Globalization;
using System.Text;
using GenAI.Generation.Templates.Jinja.Values;

namespace GenAI.Generation.Templates.Jinja.Runtime;

/// <summary>Functions and constants that every template sees.</summary>
internal static class JinjaGlobals
{
    public static readonly JinjaFunction Namespace = new(static (arguments, _) => CreateNamespace(JinjaArguments.Split(arguments)));

    public static JinjaScope CreateScope(RenderBudget budget, TimeProvider timeProvider)
    {
        var scope = new JinjaScope();
        foreach (var (lower, title, value) in new (string, string, JinjaValue)[]
        {
            ("true", "True", JinjaBoolean.True), ("false", "False", JinjaBoolean.False), ("none", "None", JinjaNull.Instance),
        })
        {
            scope.Set(lower, value);
            scope.Set(title, value);
        }

        scope.Set("raise_exception", new JinjaFunction((arguments, _) =>
            throw new ChatTemplateException(arguments.Count == 0 ? "The chat template refused the messages." : JinjaText.Raw(arguments[0], budget))));
        scope.Set("range", new JinjaFunction((arguments, _) => Range(arguments, budget)));
        scope.Set("strftime_now", new JinjaFunction((arguments, _) => arguments is [JinjaString format, ..]
            ? new JinjaString(FormatTime(timeProvider.GetLocalNow(), format.Value))
            : throw new ChatTemplateException("The chat template calls strftime_now without a format.")));
        return scope;
    }

    private static JinjaNamespace CreateNamespace(JinjaArguments arguments)
    {
        if (arguments.Positional.Count > 1)
        {
            throw new ChatTemplateException("The chat template calls namespace() with more than one positional argument.");
        }

        var entries = new OrderedDictionary<string, JinjaValue>(StringComparer.Ordinal);
        switch (arguments.At(0))
        {
            case null:
                break;
            case JinjaObject source:
                Copy(source.Entries, entries);
                break;
            case JinjaArray pairs:
                foreach (var pair in pairs.Items)
                {
                    var (key, value) = ToPair(pair);
                    entries[key] = value;
                }

                break;
            case var other:
                throw new ChatTemplateException($"The chat template makes a namespace from a {other.Kind}.");
        }

        Copy(arguments.Keywords, entries);
        return new JinjaNamespace(entries);
    }

    private static void Copy(OrderedDictionary<string, JinjaValue> source, OrderedDictionary<string, JinjaValue> target)
    {
        foreach (var (key, value) in source)
        {
            target[key] = value;
        }
    }

    private static (string Key, JinjaValue Value) ToPair(JinjaValue pair)
    {
        IReadOnlyList<JinjaValue>? parts = pair switch
        {
            JinjaArray array => array.Items,
            JinjaString text => [.. JsText.CodePoints(text.Value).Select(JinjaValue.Of)],
            _ => null,
        };
        return parts is [JinjaString key, var value]
            ? (key.Value, value)
            : throw new ChatTemplateException("The chat template makes a namespace from something other than pairs of name and value.");
    }

    private static JinjaArray Range(IReadOnlyList<JinjaValue> arguments, RenderBudget budget)
    {
        var numbers = arguments.Select(static a => a is JinjaNumber n ? n.Value : a is JinjaBoolean { Value: true } ? 1 : a is JinjaBoolean or JinjaNull ? 0 : double.NaN).ToArray();
        var (start, stop) = arguments.Count > 1 && arguments[1] is not (JinjaNull or JinjaUndefined)
            ? (numbers[0], numbers[1])
            : (0, numbers.Length > 0 ? numbers[0] : double.NaN);
        var step = numbers.Length > 2 ? numbers[2] : 1;
        if (step == 0)
        {
            throw new ChatTemplateException("The chat template calls range() with a step of zero.");
        }

        var items = new List<JinjaValue>();
        for (var i = start; step > 0 ? i < stop : i > stop; i += step)
        {
            budget.Charge();
            items.Add(double.IsInteger(i) ? new JinjaInteger(i) : new JinjaFloat(i));
        }

        return new JinjaArray(items);
    }

    /// <summary>The codes that the reference implementation knows; others stay as they are.</summary>
    private static string FormatTime(DateTimeOffset time, string format)
    {
        var result = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            var pattern = format[i] == '%' && i + 1 < format.Length ? PatternOf(format[i + 1]) : null;
            if (pattern is null)
            {
                result.Append(format[i]);
                continue;
            }

            result.Append(pattern == "%" ? "%" : time.ToString(pattern, CultureInfo.InvariantCulture));
            i++;
        }

        return result.ToString();
    }

    private static string? PatternOf(char code) => code switch
    {
        'Y' => "yyyy",
        'm' => "MM",
        'd' => "dd",
        'b' => "MMM",
        'B' => "MMMM",
        'H' => "HH",
        'M' => "mm",
        '%' => "%",
        _ => null,
    };
}
