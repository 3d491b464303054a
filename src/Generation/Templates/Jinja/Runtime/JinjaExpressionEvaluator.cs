using GenAI.Generation.Templates.Jinja.Syntax;
using GenAI.Generation.Templates.Jinja.Values;

namespace GenAI.Generation.Templates.Jinja.Runtime;

/// <summary>Evaluates expressions.</summary>
internal sealed class JinjaExpressionEvaluator(RenderBudget budget)
{
    public JinjaValue Evaluate(JinjaNode? node, JinjaScope scope) => EvaluateOrHole(node, scope)
        ?? throw new ChatTemplateException("The chat template uses the first or last item of an empty list.");

    /// <returns>Null for a hole: see <see cref="JinjaFilters.ApplyBare"/>.</returns>
    public JinjaValue? EvaluateOrHole(JinjaNode? node, JinjaScope scope)
    {
        budget.Charge();
        budget.Enter();
        var value = Dispatch(node, scope);
        budget.Leave();
        return value;
    }

    public JinjaValue? ApplyFilter(JinjaNode.FilterSpec filter, JinjaValue operand, JinjaScope scope)
    {
        if (filter.Arguments is null)
        {
            return JinjaFilters.ApplyBare(filter.Name, operand, scope, budget);
        }

        if (filter.Name is "selectattr" or "rejectattr" && filter.Arguments.Any(static a => a is not JinjaNode.StringLiteral))
        {
            throw new ChatTemplateException($"The chat template calls {filter.Name} with arguments that are not plain strings.");
        }

        return JinjaFilters.ApplyCall(filter.Name, operand, EvaluateArguments(filter.Arguments, scope), scope, budget);
    }

    /// <summary>Positional arguments first, unpacked ones included, then keyword arguments, as Python does.</summary>
    public JinjaArguments EvaluateArguments(IReadOnlyList<JinjaNode> nodes, JinjaScope scope)
    {
        var positional = new List<JinjaValue>();
        var keywords = new OrderedDictionary<string, JinjaValue>(StringComparer.Ordinal);
        foreach (var node in nodes)
        {
            if (node is JinjaNode.Spread spread)
            {
                positional.AddRange(Evaluate(spread.Value, scope) is JinjaArray array ? array.Items : throw Fault("unpacks something that is not a list"));
                budget.Charge(positional.Count);
            }
            else if (node is not (JinjaNode.KeywordArgument or JinjaNode.KeywordSpread))
            {
                positional.Add(Evaluate(node, scope));
            }
        }

        foreach (var (name, value) in nodes.SelectMany(node => Keywords(node, scope)))
        {
            if (!keywords.TryAdd(name, value))
            {
                throw Fault($"passes the keyword argument '{name}' twice");
            }
        }

        return new JinjaArguments(positional, keywords);
    }

    private static ChatTemplateException Fault(string what) => new($"The chat template {what}.");

    private IEnumerable<KeyValuePair<string, JinjaValue>> Keywords(JinjaNode node, JinjaScope scope) => node switch
    {
        JinjaNode.KeywordArgument argument => [new(argument.Name, Evaluate(argument.Value, scope))],
        JinjaNode.KeywordSpread spread => Evaluate(spread.Value, scope) is JinjaObject map ? map.Entries : throw Fault("unpacks something that is not a mapping"),
        _ => [],
    };

    private JinjaValue? Dispatch(JinjaNode? node, JinjaScope scope)
    {
        switch (node)
        {
            case null:
                return JinjaUndefined.Instance;
            case JinjaNode.StringLiteral literal:
                return new JinjaString(literal.Value);
            case JinjaNode.IntegerLiteral literal:
                return new JinjaInteger(literal.Value);
            case JinjaNode.FloatLiteral literal:
                return new JinjaFloat(literal.Value);
            case JinjaNode.ArrayLiteral literal:
                return new JinjaArray([.. literal.Items.Select(item => Evaluate(item, scope))]);
            case JinjaNode.TupleLiteral literal:
                return new JinjaTuple([.. literal.Items.Select(item => Evaluate(item, scope))]);
            case JinjaNode.ObjectLiteral literal:
                return EvaluateObject(literal, scope);
            case JinjaNode.Identifier identifier:
                return scope.Lookup(identifier.Name);
            case JinjaNode.Unary unary:
                var operand = Evaluate(unary.Operand, scope);
                return unary.Operator == "not" ? JinjaValue.Of(!operand.IsTrue) : JinjaOperators.Negate(unary.Operator, operand);
            case JinjaNode.Binary binary:
                return EvaluateBinary(binary, scope);
            case JinjaNode.Ternary ternary:
                return EvaluateOrHole(Evaluate(ternary.Condition, scope).IsTrue ? ternary.WhenTrue : ternary.WhenFalse, scope);
            case JinjaNode.Select select:
                return Evaluate(select.Condition, scope).IsTrue ? EvaluateOrHole(select.Value, scope) : JinjaUndefined.Instance;
            case JinjaNode.Filter filter:
                return ApplyFilter(filter.Spec, Evaluate(filter.Operand, scope), scope);
            case JinjaNode.Test test:
                return JinjaValue.Of(JinjaTests.Apply(test.Name, Evaluate(test.Operand, scope)) != test.Negate);
            case JinjaNode.Member member:
                return EvaluateMember(member, scope);
            case JinjaNode.Call call:
                return EvaluateCall(call, scope);
            default:
                throw Fault("uses a statement where a value is expected");
        }
    }

    private JinjaValue? EvaluateBinary(JinjaNode.Binary binary, JinjaScope scope)
    {
        var left = Evaluate(binary.Left, scope);
        return binary.Operator switch
        {
            "and" => left.IsTrue ? EvaluateOrHole(binary.Right, scope) : left,
            "or" => left.IsTrue ? left : EvaluateOrHole(binary.Right, scope),
            _ => JinjaOperators.Apply(binary.Operator, left, Evaluate(binary.Right, scope), budget),
        };
    }

    private JinjaObject EvaluateObject(JinjaNode.ObjectLiteral literal, JinjaScope scope)
    {
        var entries = new OrderedDictionary<string, JinjaValue>(StringComparer.Ordinal);
        foreach (var (key, value) in literal.Entries)
        {
            var name = Evaluate(key, scope) is JinjaString text ? text.Value : throw Fault("makes an object with a key that is not a string");
            entries[name] = Evaluate(value, scope);
        }

        return new JinjaObject(entries);
    }

    private JinjaValue EvaluateCall(JinjaNode.Call call, JinjaScope scope)
    {
        var arguments = EvaluateArguments(call.Arguments, scope);
        return Evaluate(call.Callee, scope) is JinjaFunction function
            ? function.Invoke(arguments.Joined, scope)
            : throw Fault($"calls {NameOf(call.Callee)}, which is not a function");
    }

    private static string NameOf(JinjaNode callee) => callee switch
    {
        JinjaNode.Identifier identifier => $"'{identifier.Name}'",
        JinjaNode.Member { Property: JinjaNode.Identifier property } => $"'.{property.Name}'",
        _ => "something",
    };

    private JinjaValue EvaluateMember(JinjaNode.Member member, JinjaScope scope)
    {
        var target = Evaluate(member.Target, scope);
        if (member is { Computed: true, Property: JinjaNode.Slice slice })
        {
            return JinjaSlices.Apply(target, Evaluate(slice.Start, scope), Evaluate(slice.Stop, scope), Evaluate(slice.Step, scope), budget);
        }

        var property = !member.Computed && member.Property is JinjaNode.Identifier name ? new JinjaString(name.Name) : Evaluate(member.Property, scope);
        JinjaValue? value = (target, property) switch
        {
            (JinjaMap map, JinjaString key) => map.Entries.GetValueOrDefault(key.Value) ?? (map is JinjaObject o ? JinjaObjectMethods.Get(o, key.Value, budget) : null),
            (JinjaArray array, JinjaInteger index) => At(index.Value, array.Items.Count) is { } i ? array.Items[i] : null,
            (JinjaArray array, JinjaString key) => key.Value == "length" ? JinjaValue.Of(array.Items.Count) : null,
            (JinjaString text, JinjaInteger index) => At(index.Value, text.Value.Length) is { } i ? new JinjaString(text.Value[i].ToString()) : null,
            (JinjaString text, JinjaString key) => JinjaStringMethods.Get(text.Value, key.Value, budget),
            (_, JinjaString) => null,
            _ => throw Fault($"reads an item of {target.Kind} at {property.Kind}"),
        };
        return value ?? JinjaUndefined.Instance;
    }

    /// <summary>An index, counted from the end when negative; null outside.</summary>
    private static int? At(double index, int length)
    {
        var at = double.IsNaN(index) ? 0 : Math.Truncate(index);
        at = at < 0 ? at + length : at;
        return at >= 0 && at < length ? (int)at : null;
    }
}
