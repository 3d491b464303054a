using System.Text;
using GenAI.Generation.Templates.Jinja.Syntax;
using GenAI.Generation.Templates.Jinja.Values;

namespace GenAI.Generation.Templates.Jinja.Runtime;

/// <summary>Walks the tree: statements and blocks here, expressions in <see cref="JinjaExpressionEvaluator"/>. One instance a rendering.</summary>
internal sealed class JinjaInterpreter
{
    private readonly RenderBudget _budget;
    private readonly JinjaExpressionEvaluator _expressions;
    private readonly JinjaMacros _macros;

    public JinjaInterpreter(RenderBudget budget)
    {
        _budget = budget;
        _expressions = new JinjaExpressionEvaluator(budget);
        _macros = new JinjaMacros(this);
    }

    public JinjaExpressionEvaluator Expressions => _expressions;

    /// <summary>The text of a block. A scope is the caller's: a block opens none by itself.</summary>
    public string RunBlock(IReadOnlyList<JinjaNode> nodes, JinjaScope scope)
    {
        _budget.Enter();
        var output = new StringBuilder();
        foreach (var node in nodes)
        {
            _budget.Charge();
            output.Append(Run(node, scope));
            _budget.ChargeText(output.Length / 8);
        }

        _budget.ChargeText(output.Length);
        _budget.Leave();
        return output.ToString();
    }

    private string Run(JinjaNode node, JinjaScope scope)
    {
        switch (node)
        {
            case JinjaNode.StringLiteral text:
                return text.Value;
            case JinjaNode.Comment:
                return "";
            case JinjaNode.Set set:
                RunSet(set, scope);
                return "";
            case JinjaNode.If branch:
                return RunBlock(_expressions.Evaluate(branch.Condition, scope).IsTrue ? branch.Body : branch.Alternate, scope);
            case JinjaNode.For loop:
                return new JinjaLoop(this, _budget, loop).Run(scope);
            case JinjaNode.Macro macro:
                scope.Set(macro.Name, _macros.Define(macro));
                return "";
            case JinjaNode.CallBlock block:
                return Print(_macros.CallWithBlock(block, scope));
            case JinjaNode.FilterBlock block:
                return Print(_expressions.ApplyFilter(block.Spec, new JinjaString(RunBlock(block.Body, scope)), scope));
            case JinjaNode.Break or JinjaNode.Continue:
                _budget.Charge(100); // An exception costs about as much as a hundred nodes.
                throw new LoopControlException(node is JinjaNode.Break);
            default:
                return Print(_expressions.Evaluate(node, scope));
        }
    }

    private string Print(JinjaValue? value) => value switch
    {
        JinjaNull or JinjaUndefined => "",
        null => throw new ChatTemplateException("The chat template prints the first or last item of an empty list."),
        _ => JinjaText.Print(value, _budget),
    };

    private void RunSet(JinjaNode.Set set, JinjaScope scope)
    {
        var value = set.Value is null ? new JinjaString(RunBlock(set.Body, scope)) : _expressions.EvaluateOrHole(set.Value, scope);
        switch (set.Target)
        {
            case JinjaNode.Identifier identifier:
                scope.Set(identifier.Name, value);
                break;
            case JinjaNode.TupleLiteral tuple:
                Unpack(tuple, value, scope);
                break;
            case JinjaNode.Member { Property: JinjaNode.Identifier property } member:
                if (_expressions.Evaluate(member.Target, scope) is not JinjaNamespace target)
                {
                    throw new ChatTemplateException("The chat template assigns an attribute of something that is not a namespace.");
                }

                target.Entries[property.Name] = value ?? JinjaUndefined.Instance;
                break;
            default:
                throw new ChatTemplateException("The chat template assigns to something that is not a name.");
        }
    }

    public static void Unpack(JinjaNode.TupleLiteral names, JinjaValue? value, JinjaScope scope)
    {
        if (value is not JinjaArray array || array.Items.Count != names.Items.Count)
        {
            throw new ChatTemplateException($"The chat template unpacks something that does not have {names.Items.Count} items.");
        }

        for (var i = 0; i < names.Items.Count; i++)
        {
            scope.Set(names.Items[i] is JinjaNode.Identifier name ? name.Name : throw new ChatTemplateException("The chat template unpacks to something that is not a name."), array.Items[i]);
        }
    }
}
