using GenAI.Generation.Templates.Jinja.Values;

namespace GenAI.Generation.Templates.Jinja.Runtime;

/// <summary>The two ways a value becomes text: printed by the template, or joined to other text by an operator.</summary>
internal static class JinjaText
{
    /// <summary>As a template prints it: whole floats keep their point, containers are JSON.</summary>
    public static string Print(JinjaValue value, RenderBudget budget) => value switch
    {
        JinjaString text => text.Value,
        JinjaFloat number => PrintFloat(number.Value),
        JinjaInteger number => JsText.FromNumber(number.Value),
        JinjaBoolean boolean => boolean.Value ? "true" : "false",
        JinjaNull or JinjaUndefined => "undefined",
        JinjaArray or JinjaMap => JinjaJsonWriter.Write(value, new JinjaJsonOptions { UndefinedIsNull = false }, budget),
        _ => throw new ChatTemplateException($"The chat template prints a {value.Kind}."),
    };

    /// <summary>As <c>~</c> and <c>+</c> see it: ECMAScript's string of the bare value.</summary>
    public static string Raw(JinjaValue value, RenderBudget budget)
    {
        switch (value)
        {
            case JinjaNumber number:
                return JsText.FromNumber(number.Value);
            case JinjaArray array:
                var text = string.Join(',', array.Items.Select(item => Print(item, budget)));
                budget.ChargeText(text.Length);
                return text;
            case JinjaMap:
                return "[object Map]";
            default:
                return Print(value, budget);
        }
    }

    private static string PrintFloat(double value)
    {
        var text = JsText.FromNumber(value);
        if (value == 0)
        {
            return double.IsNegative(value) ? "-0.0" : "0.0";
        }

        // A whole number beyond 21 digits is printed with an exponent, without a point.
        return double.IsInteger(value) && Math.Abs(value) < 1e21 ? text + ".0" : text;
    }
}
