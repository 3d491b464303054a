namespace GenAI.Generation.Templates.Jinja.Values;

/// <summary>Attributes in the order in which they were first set.</summary>
internal abstract class JinjaMap(OrderedDictionary<string, JinjaValue> entries) : JinjaValue
{
    public OrderedDictionary<string, JinjaValue> Entries { get; } = entries;

    public override bool IsTrue => Entries.Count > 0;
}
