namespace GenAI.Generation.Templates.Jinja.Values;

/// <summary>The one value that a template can change: what <c>namespace(...)</c> returns.</summary>
internal sealed class JinjaNamespace(OrderedDictionary<string, JinjaValue> entries) : JinjaMap(entries)
{
    public override string Kind => "namespace";

    public override bool IsTrue => true;
}
