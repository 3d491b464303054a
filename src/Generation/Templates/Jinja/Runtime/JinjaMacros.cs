using GenAI.Generation.Templates.Jinja.Syntax;
using GenAI.Generation.Templates.Jinja.Values;

namespace GenAI.Generation.Templates.Jinja.Runtime;

/// <summary>Macros and call blocks. A macro's body sees the scope of its caller; a call block's body that of the block.</summary>
internal sealed class JinjaMacros(JinjaInterpreter interpreter)
{
    public JinjaFunction Define(JinjaNode.Macro macro) => new((arguments, callerScope) =>
    {
        var scope = new JinjaScope(callerScope);
        Bind(macro.Name, macro.Parameters, macro.Special, arguments, scope);
        return new JinjaString(interpreter.RunBlock(macro.Body, scope));
    });

    public JinjaValue CallWithBlock(JinjaNode.CallBlock block, JinjaScope scope)
    {
        var caller = new JinjaFunction((arguments, _) =>
        {
            var blockScope = new JinjaScope(scope);
            Bind("caller", block.Parameters, block.Special, arguments, blockScope);
            return new JinjaString(interpreter.RunBlock(block.Body, blockScope));
        });
        var given = interpreter.Expressions.EvaluateArguments(block.Invocation.Arguments, scope);
        if (interpreter.Expressions.Evaluate(block.Invocation.Callee, scope) is not JinjaFunction macro)
        {
            throw new ChatTemplateException("The chat template calls something that is not a macro.");
        }

        var callScope = new JinjaScope(scope);
        callScope.Set("caller", caller);
        return macro.Invoke([.. given.Positional, new JinjaKeywordArguments(given.Keywords)], callScope);
    }

    /// <summary>Binds every name before any default is evaluated, so that a default never reads a parameter's name from an outer scope.</summary>
    private void Bind(string name, IReadOnlyList<JinjaNode.Parameter> parameters, MacroExtras extras, IReadOnlyList<JinjaValue> arguments, JinjaScope scope)
    {
        var given = JinjaArguments.Split(arguments);
        var keywords = new OrderedDictionary<string, JinjaValue>(given.Keywords, StringComparer.Ordinal);
        var defaults = new List<JinjaNode.Parameter>();
        for (var i = 0; i < parameters.Count; i++)
        {
            var value = given.At(i);
            if (value is null)
            {
                keywords.Remove(parameters[i].Name, out value);
            }

            if (value is null && parameters[i].Default is not null)
            {
                defaults.Add(parameters[i]);
            }

            scope.Set(parameters[i].Name, value ?? JinjaUndefined.Instance);
        }

        if (extras.HasFlag(MacroExtras.KeywordArguments))
        {
            scope.Set("kwargs", new JinjaObject(keywords));
        }
        else if (keywords.Count > 0)
        {
            throw new ChatTemplateException($"The chat template passes '{keywords.GetAt(0).Key}' to the macro {name}, which does not take it.");
        }

        if (extras.HasFlag(MacroExtras.PositionalArguments))
        {
            scope.Set("varargs", new JinjaArray([.. given.Positional.Skip(parameters.Count)]));
        }
        else if (given.Positional.Count > parameters.Count)
        {
            throw new ChatTemplateException($"The chat template passes {given.Positional.Count} arguments to the macro {name}, which takes {parameters.Count}.");
        }

        foreach (var parameter in defaults)
        {
            scope.Set(parameter.Name, interpreter.Expressions.Evaluate(parameter.Default!, scope));
        }
    }
}
