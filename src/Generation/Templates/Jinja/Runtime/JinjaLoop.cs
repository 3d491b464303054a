using System.Text;
using GenAI.Generation.Templates.Jinja.Syntax;
using GenAI.Generation.Templates.Jinja.Values;

namespace GenAI.Generation.Templates.Jinja.Runtime;

/// <summary>
/// One <c>for</c>. All iterations share one scope, so what one assigns the next still sees; an iteration that ends by
/// <c>continue</c> or <c>break</c> leaves no text and does not count when the else block is chosen. Both as in the reference implementation.
/// </summary>
internal sealed class JinjaLoop(JinjaInterpreter interpreter, RenderBudget budget, JinjaNode.For loop)
{
    public string Run(JinjaScope outer)
    {
        var scope = new JinjaScope(outer);
        var items = Items(scope);
        var output = new StringBuilder();
        var isEmpty = true;
        for (var i = 0; i < items.Count; i++)
        {
            scope.Set("loop", Describe(items, i));
            Bind(items[i], scope);
            try
            {
                output.Append(interpreter.RunBlock(loop.Body, scope));
                budget.ChargeText(output.Length / 8);
                isEmpty = false;
            }
            catch (LoopControlException control)
            {
                if (control.IsBreak)
                {
                    break;
                }
            }
        }

        return isEmpty ? interpreter.RunBlock(loop.Default, scope) : output.ToString();
    }

    private List<JinjaValue> Items(JinjaScope scope)
    {
        var select = loop.Iterable as JinjaNode.Select;
        var source = interpreter.Expressions.Evaluate(select?.Value ?? loop.Iterable, scope) switch
        {
            JinjaArray array => array.Items,
            JinjaObject map => [.. map.Entries.Keys.Select(JinjaValue.Of)],
            var other => throw new ChatTemplateException($"The chat template loops over {other.Kind}."),
        };
        var items = new List<JinjaValue>();
        foreach (var item in source)
        {
            budget.Charge();
            if (select is not null)
            {
                var candidate = new JinjaScope(scope);
                Bind(item, candidate);
                if (!interpreter.Expressions.Evaluate(select.Condition, candidate).IsTrue)
                {
                    continue;
                }
            }
            else if (loop.Variable is JinjaNode.TupleLiteral)
            {
                // Every item must unpack before the first one runs.
                Bind(item, new JinjaScope(scope));
            }

            items.Add(item);
        }

        return items;
    }

    private void Bind(JinjaValue item, JinjaScope scope)
    {
        if (loop.Variable is JinjaNode.Identifier name)
        {
            scope.Set(name.Name, item);
        }
        else
        {
            JinjaInterpreter.Unpack((JinjaNode.TupleLiteral)loop.Variable, item is JinjaTuple ? null : item, scope);
        }
    }

    private static JinjaObject Describe(List<JinjaValue> items, int index) => new(new OrderedDictionary<string, JinjaValue>(StringComparer.Ordinal)
    {
        ["index"] = new JinjaInteger(index + 1),
        ["index0"] = new JinjaInteger(index),
        ["revindex"] = new JinjaInteger(items.Count - index),
        ["revindex0"] = new JinjaInteger(items.Count - index - 1),
        ["first"] = JinjaValue.Of(index == 0),
        ["last"] = JinjaValue.Of(index == items.Count - 1),
        ["length"] = new JinjaInteger(items.Count),
        ["previtem"] = index > 0 ? items[index - 1] : JinjaUndefined.Instance,
        ["nextitem"] = index < items.Count - 1 ? items[index + 1] : JinjaUndefined.Instance,
    });
}
