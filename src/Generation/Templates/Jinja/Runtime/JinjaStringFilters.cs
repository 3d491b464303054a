using GenAI.Generation.Templates.Jinja.Values;

namespace GenAI.Generation.Templates.Jinja.Runtime;

/// <summary>Filters of texts.</summary>
internal static class JinjaStringFilters
{
    public static JinjaValue ApplyBare(string name, JinjaString operand, JinjaScope scope, RenderBudget budget)
    {
        budget.ChargeText(operand.Value.Length);
        switch (name)
        {
            case "upper" or "lower" or "title" or "capitalize" or "length":
                var builtin = JinjaStringMethods.Get(operand.Value, name, budget)!;
                return builtin is JinjaFunction function ? function.Invoke([], scope) : builtin;
            case "trim":
                return new JinjaString(JsText.Trim(operand.Value));
            case "indent":
                return Indent(operand, new JinjaArguments([], []), budget);
            case "join" or "string":
                return operand;
            case "int":
                var integer = JsText.ParseInteger(operand.Value);
                return new JinjaInteger(double.IsNaN(integer) ? 0 : integer);
            case "float":
                var number = JsText.ParseFloat(operand.Value);
                return new JinjaFloat(double.IsNaN(number) ? 0 : number);
            default:
                throw JinjaFilters.Unknown(name, operand);
        }
    }

    public static JinjaValue ApplyCall(string name, JinjaString operand, JinjaArguments arguments, RenderBudget budget)
    {
        budget.ChargeText(operand.Value.Length);
        return name switch
        {
            "indent" => Indent(operand, arguments, budget),
            "replace" => JinjaStringMethods.Replace(operand.Value, [.. arguments.Positional, new JinjaKeywordArguments(arguments.Keywords)], budget),
            _ => throw JinjaFilters.Unknown(name, operand),
        };
    }

    private static JinjaString Indent(JinjaString operand, JinjaArguments arguments, RenderBudget budget)
    {
        var width = arguments.Get(0, "width") switch
        {
            null => 4,
            JinjaInteger { Value: >= 0 and var spaces } => (int)Math.Min(spaces, int.MaxValue),
            _ => throw new ChatTemplateException("The chat template calls indent with a width that is not a number of spaces."),
        };
        var first = arguments.Get(1, "first")?.IsTrue ?? false;
        var blank = arguments.Get(2, "blank")?.IsTrue ?? false;
        var lines = operand.Value.Split('\n');
        budget.ChargeText(operand.Value.Length + ((long)width * lines.Length));
        var padding = new string(' ', width);
        return new JinjaString(string.Join('\n', lines.Select((line, i) => (!first && i == 0) || (!blank && line.Length == 0) ? line : padding + line)));
    }
}
