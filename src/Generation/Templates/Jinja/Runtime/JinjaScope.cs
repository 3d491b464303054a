using GenAI.Generation.Templates.Jinja.Values;

namespace GenAI.Generation.Templates.Jinja.Runtime;

/// <summary>Variables of one block, above those of the block around it. Assigning never reaches outwards: that is what namespaces are for.</summary>
internal sealed class JinjaScope(JinjaScope? parent = null)
{
    private readonly Dictionary<string, JinjaValue?> _variables = new(StringComparer.Ordinal);

    public void Set(string name, JinjaValue? value) => _variables[name] = value;

    public JinjaValue Lookup(string name)
    {
        for (var scope = this; scope is not null; scope = scope.Parent)
        {
            if (scope._variables.TryGetValue(name, out var value))
            {
                return value ?? JinjaUndefined.Instance;
            }

            // Every scope knows `namespace` anew, so that a variable of that name hides it in its own block alone.
            if (name == "namespace")
            {
                return JinjaGlobals.Namespace;
            }
        }

        return JinjaUndefined.Instance;
    }

    private JinjaScope? Parent { get; } = parent;
}
