namespace GenAI.Generation.Templates.Jinja.Values;

internal class JinjaArray(IReadOnlyList<JinjaValue> items) : JinjaValue
{
    public IReadOnlyList<JinjaValue> Items { get; } = items;

    public override string Kind => "array";

    public override bool IsTrue => Items.Count > 0;
}
