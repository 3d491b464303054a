using GenAI.Generation.Templates.Jinja.Runtime;

namespace GenAI.Generation.Templates.Jinja.Values;

/// <param name="invoke">Takes the arguments (keyword arguments last, if any) and the caller's scope.</param>
internal sealed class JinjaFunction(Func<IReadOnlyList<JinjaValue>, JinjaScope, JinjaValue> invoke) : JinjaValue
{
    public override string Kind => "function";

    public override bool IsTrue => true;

    public JinjaValue Invoke(IReadOnlyList<JinjaValue> arguments, JinjaScope scope) => invoke(arguments, scope);
}
