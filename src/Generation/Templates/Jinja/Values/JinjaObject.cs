namespace GenAI.Generation.Templates.Jinja.Values;

internal class JinjaObject(OrderedDictionary<string, JinjaValue> entries) : JinjaMap(entries)
{
    public override string Kind => "object";
}
