using GenAI.Generation.Templates.Jinja.Values;

namespace GenAI.Generation.Templates.Jinja.Runtime;

/// <summary>Binary operators on evaluated operands; <c>and</c> and <c>or</c> are the evaluator's, as they may not evaluate the right side.</summary>
internal static class JinjaOperators
{
    public static JinjaValue Apply(string name, JinjaValue left, JinjaValue right, RenderBudget budget)
    {
        switch (name)
        {
            case "==":
                return JinjaValue.Of(JsEquality.Loose(left, right, budget));
            case "!=":
                return JinjaValue.Of(!JsEquality.Loose(left, right, budget));
        }

        if (right is JinjaUndefined && (name is "in" or "not in"))
        {
            return JinjaValue.Of(name == "not in");
        }

        if (left is JinjaUndefined or JinjaNull || right is JinjaUndefined or JinjaNull)
        {
            throw new ChatTemplateException($"The chat template applies '{name}' to {left.Kind} and {right.Kind}.");
        }

        return (name switch
        {
            "~" => Concatenate(left, right, budget),
            "**" => Power(left, right),
            "in" or "not in" => Membership(name, left, right, budget),
            "+" => Add(left, right, budget),
            _ => left is JinjaNumber a && right is JinjaNumber b ? Arithmetic(name, a, b) : null,
        }) ?? throw new ChatTemplateException($"The chat template applies '{name}' to {left.Kind} and {right.Kind}.");
    }

    public static JinjaValue Negate(string sign, JinjaValue operand)
    {
        var factor = sign == "-" ? -1 : 1;
        return operand switch
        {
            JinjaFloat number => new JinjaFloat(factor * number.Value),
            JinjaInteger number => new JinjaInteger(factor * number.Value),
            JinjaBoolean boolean => new JinjaInteger(factor * (boolean.Value ? 1 : 0)),
            _ => throw new ChatTemplateException($"The chat template applies the sign '{sign}' to {operand.Kind}."),
        };
    }

    private static JinjaString Concatenate(JinjaValue left, JinjaValue right, RenderBudget budget)
    {
        var (a, b) = (JinjaText.Raw(left, budget), JinjaText.Raw(right, budget));
        budget.ChargeText((long)a.Length + b.Length);
        return new JinjaString(a + b);
    }

    private static JinjaValue? Add(JinjaValue left, JinjaValue right, RenderBudget budget)
    {
        switch (left, right)
        {
            case (JinjaNumber a, JinjaNumber b):
                return Number(a, b, a.Value + b.Value);
            case (JinjaArray a, JinjaArray b):
                budget.Charge(a.Items.Count + b.Items.Count);
                return new JinjaArray([.. a.Items, .. b.Items]);
            default:
                return left is JinjaString || right is JinjaString ? Concatenate(left, right, budget) : null;
        }
    }

    private static JinjaValue? Membership(string name, JinjaValue left, JinjaValue right, RenderBudget budget)
    {
        bool? found = null;
        switch (left, right)
        {
            case (JinjaArray, JinjaArray) or (JinjaNumber, not JinjaArray):
                break;
            case (_, JinjaArray array):
                budget.Charge(array.Items.Count);
                found = array.Items.Any(item => JsEquality.Strict(item, left));
                break;
            case (JinjaString part, JinjaString whole):
                budget.ChargeText(whole.Value.Length);
                found = whole.Value.Contains(part.Value, StringComparison.Ordinal);
                break;
            case (JinjaString key, JinjaObject map):
                found = map.Entries.ContainsKey(key.Value);
                break;
        }

        return found is { } result ? JinjaValue.Of(result == (name == "in")) : null;
    }

    private static JinjaValue? Power(JinjaValue left, JinjaValue right)
    {
        if (AsNumber(left) is not { } a || AsNumber(right) is not { } b)
        {
            return null;
        }

        var result = a == 0 && b < 0 ? double.NaN : Math.Pow(a, b);
        if (!double.IsFinite(result))
        {
            throw new ChatTemplateException("The chat template computes a power that is not a finite number.");
        }

        return left is JinjaFloat || right is JinjaFloat || b < 0 ? new JinjaFloat(result) : new JinjaInteger(result);
    }

    private static JinjaValue? Arithmetic(string name, JinjaNumber left, JinjaNumber right)
    {
        var (a, b) = (left.Value, right.Value);
        return name switch
        {
            "-" => Number(left, right, a - b),
            "*" => Number(left, right, a * b),
            "/" => new JinjaFloat(a / b),
            "//" => Number(left, right, Math.Floor(a / b)),
            "%" => Number(left, right, a % b),
            "<" => JinjaValue.Of(a < b),
            ">" => JinjaValue.Of(a > b),
            "<=" => JinjaValue.Of(a <= b),
            ">=" => JinjaValue.Of(a >= b),
            _ => null,
        };
    }

    private static JinjaNumber Number(JinjaNumber left, JinjaNumber right, double result) =>
        left is JinjaFloat || right is JinjaFloat ? new JinjaFloat(result) : new JinjaInteger(result);

    private static double? AsNumber(JinjaValue value) => value switch
    {
        JinjaNumber number => number.Value,
        JinjaBoolean boolean => boolean.Value ? 1 : 0,
        _ => null,
    };
}
