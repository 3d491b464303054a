using GenAI.Generation.Templates.Jinja.Values;

namespace GenAI.Generation.Templates.Jinja.Runtime;

/// <summary>
/// The built-in filters. With parentheses and without, a filter is looked up in different tables, because that is how the reference
/// implementation does it: <c>x|list()</c> fails where <c>x|list</c> works, and templates are written against that.
/// </summary>
internal static class JinjaFilters
{
    /// <returns>Null for the first or last item of nothing: a hole that may be assigned but not used.</returns>
    public static JinjaValue? ApplyBare(string name, JinjaValue operand, JinjaScope scope, RenderBudget budget) => (name, operand) switch
    {
        ("safe", _) => operand,
        ("tojson", _) => new JinjaString(JinjaJsonWriter.Write(operand, new JinjaJsonOptions(), budget)),
        (_, JinjaArray array) => JinjaArrayFilters.ApplyBare(name, array, budget),
        (_, JinjaString text) => JinjaStringFilters.ApplyBare(name, text, scope, budget),
        (_, JinjaNumber number) => OfNumber(name, number, budget),
        (_, JinjaObject map) => OfObject(name, map, scope, budget),
        (_, JinjaBoolean boolean) => OfBoolean(name, boolean),
        _ => throw Unknown(name, operand),
    };

    public static JinjaValue ApplyCall(string name, JinjaValue operand, JinjaArguments arguments, JinjaScope scope, RenderBudget budget)
    {
        switch (name)
        {
            case "tojson":
                return new JinjaString(JinjaJsonWriter.Write(operand, JsonOptions(arguments, budget), budget));
            case "join":
                return Join(operand, arguments, budget);
            case "int" or "float":
                return ToNumber(name, operand, arguments);
            case "default":
                var whenFalse = arguments.GetBoolean(1, "boolean");
                return operand is JinjaUndefined || (whenFalse && !operand.IsTrue) ? arguments.At(0) ?? JinjaValue.Of("") : operand;
        }

        return operand switch
        {
            JinjaArray array => JinjaArrayFilters.ApplyCall(name, array, arguments, budget),
            JinjaString text => JinjaStringFilters.ApplyCall(name, text, arguments, budget),
            JinjaObject map when JinjaObjectMethods.Get(map, name, budget) is JinjaFunction method => method.Invoke(arguments.Joined, scope),
            _ => throw Unknown(name, operand),
        };
    }

    public static ChatTemplateException Unknown(string name, JinjaValue operand) =>
        new($"The chat template applies the filter '{name}' to {operand.Kind}, which is not known.");

    private static JinjaValue OfNumber(string name, JinjaNumber operand, RenderBudget budget) => name switch
    {
        "abs" => operand is JinjaInteger ? new JinjaInteger(Math.Abs(operand.Value)) : new JinjaFloat(Math.Abs(operand.Value)),
        "int" => new JinjaInteger(Math.Floor(operand.Value)),
        "float" => new JinjaFloat(operand.Value),
        "string" => new JinjaString(JinjaText.Print(operand, budget)),
        _ => throw Unknown(name, operand),
    };

    private static JinjaValue OfBoolean(string name, JinjaBoolean operand) => name switch
    {
        "bool" => operand,
        "int" => new JinjaInteger(operand.Value ? 1 : 0),
        "float" => new JinjaFloat(operand.Value ? 1 : 0),
        "string" => new JinjaString(operand.Value ? "true" : "false"),
        _ => throw Unknown(name, operand),
    };

    private static JinjaValue OfObject(string name, JinjaObject operand, JinjaScope scope, RenderBudget budget) => name switch
    {
        "length" => JinjaValue.Of(operand.Entries.Count),
        _ => JinjaObjectMethods.Get(operand, name, budget) is JinjaFunction method ? method.Invoke([], scope) : throw Unknown(name, operand),
    };

    private static JinjaJsonOptions JsonOptions(JinjaArguments arguments, RenderBudget budget)
    {
        var indent = arguments.Keywords.GetValueOrDefault("indent") switch
        {
            null or JinjaNull => 0,
            JinjaInteger { Value: >= 0 and var width } => (int)Math.Min(width, int.MaxValue),
            _ => throw new ChatTemplateException("The chat template calls tojson with an indent that is not a number of spaces."),
        };
        budget.ChargeText(indent);
        return new JinjaJsonOptions
        {
            Indent = indent,
            EnsureAscii = arguments.GetBoolean(int.MaxValue, "ensure_ascii"),
            SortKeys = arguments.GetBoolean(int.MaxValue, "sort_keys"),
            Separators = arguments.Keywords.GetValueOrDefault("separators") switch
            {
                null or JinjaNull => null,
                JinjaArray { Items: [JinjaString item, JinjaString key] } => (item.Value, key.Value),
                _ => throw new ChatTemplateException("The chat template calls tojson with separators that are not two strings."),
            },
        };
    }

    private static JinjaString Join(JinjaValue operand, JinjaArguments arguments, RenderBudget budget)
    {
        var parts = operand switch
        {
            JinjaString text => [.. JsText.CodePoints(text.Value)],
            JinjaArray array => JinjaArrayFilters.RawItems(array, budget),
            _ => throw Unknown("join", operand),
        };
        var separator = arguments.Get(0, "separator") switch
        {
            null => "",
            JinjaString text => text.Value,
            _ => throw new ChatTemplateException("The chat template joins with a separator that is not a string."),
        };
        budget.ChargeText(parts.Sum(p => (long)p.Length + separator.Length));
        return new JinjaString(string.Join(separator, parts));
    }

    private static JinjaValue ToNumber(string name, JinjaValue operand, JinjaArguments arguments)
    {
        var isInteger = name == "int";
        var value = operand switch
        {
            JinjaString text => isInteger ? JsText.ParseInteger(text.Value) : JsText.ParseFloat(text.Value),
            JinjaBoolean boolean => boolean.Value ? 1 : 0,
            JinjaNumber => 0,
            _ => throw Unknown(name, operand),
        };
        if (operand is JinjaNumber)
        {
            return operand;
        }

        return double.IsNaN(value)
            ? arguments.Get(0, "default") ?? (isInteger ? new JinjaInteger(0) : new JinjaFloat(0))
            : isInteger ? new JinjaInteger(value) : new JinjaFloat(value);
    }
}
