namespace GenAI.Generation.Templates.Jinja.Syntax;

/// <summary>
/// Finds whether a macro's body reads <c>kwargs</c> or <c>varargs</c> before declaring a variable of that name. The order of the visit
/// is part of the language: Jinja decides it while it walks the tree (a loop's condition, for one, after the loop's body).
/// </summary>
internal sealed class MacroExtrasFinder
{
    private MacroExtras _declared;
    private MacroExtras _accessed;

    public static MacroExtras Find(IReadOnlyList<JinjaNode.Parameter> parameters, IReadOnlyList<JinjaNode> body)
    {
        var finder = new MacroExtrasFinder();
        finder.Declare(parameters);
        finder.VisitAll(body);
        return finder._accessed;
    }

    private static MacroExtras FlagOf(string name) => name switch
    {
        "kwargs" => MacroExtras.KeywordArguments,
        "varargs" => MacroExtras.PositionalArguments,
        _ => MacroExtras.None,
    };

    private void Declare(IReadOnlyList<JinjaNode.Parameter> parameters)
    {
        foreach (var parameter in parameters)
        {
            _declared |= FlagOf(parameter.Name);
        }
    }

    private void DeclareTarget(JinjaNode target)
    {
        if (target is JinjaNode.Identifier identifier)
        {
            _declared |= FlagOf(identifier.Name);
        }
        else if (target is JinjaNode.TupleLiteral tuple)
        {
            foreach (var item in tuple.Items)
            {
                DeclareTarget(item);
            }
        }
    }

    private void VisitAll(IEnumerable<JinjaNode> nodes)
    {
        foreach (var node in nodes)
        {
            Visit(node);
        }
    }

    private void VisitMacro(IReadOnlyList<JinjaNode.Parameter> parameters, IReadOnlyList<JinjaNode> body)
    {
        Declare(parameters);
        VisitAll(parameters.Where(static p => p.Default is not null).Select(static p => p.Default!));
        VisitAll(body);
    }

    private void VisitFor(JinjaNode.For loop)
    {
        DeclareTarget(loop.Variable);
        var select = loop.Iterable as JinjaNode.Select;
        Visit(select?.Value ?? loop.Iterable);
        VisitAll(loop.Body);
        VisitAll(loop.Default);
        Visit(select?.Condition);
    }

    private void Visit(JinjaNode? node)
    {
        switch (node)
        {
            case JinjaNode.For loop:
                VisitFor(loop);
                break;
            case JinjaNode.Set set:
                DeclareTarget(set.Target);
                Visit(set.Value);
                VisitAll(set.Body);
                break;
            case JinjaNode.Macro macro:
                VisitMacro(macro.Parameters, macro.Body);
                break;
            case JinjaNode.CallBlock block:
                Visit(block.Invocation);
                VisitMacro(block.Parameters, block.Body);
                break;
            case JinjaNode.FilterBlock block:
                VisitAll(block.Body);
                VisitAll(block.Spec.Arguments ?? []);
                break;
            case JinjaNode.Identifier identifier:
                _accessed |= FlagOf(identifier.Name) & ~_declared;
                break;
            case JinjaNode.Member member:
                Visit(member.Target);
                Visit(member.Computed ? member.Property : null);
                break;
            case JinjaNode.Filter filter:
                Visit(filter.Operand);
                VisitAll(filter.Spec.Arguments ?? []);
                break;
            case JinjaNode.Select select:
                Visit(select.Condition);
                Visit(select.Value);
                break;
            default:
                VisitAll(JinjaNodeChildren.Of(node));
                break;
        }
    }
}
