namespace GenAI.Generation.Templates.Jinja.Values;

/// <summary>The keyword arguments of a call, passed to the callee as its last argument.</summary>
internal sealed class JinjaKeywordArguments(OrderedDictionary<string, JinjaValue> entries) : JinjaObject(entries)
{
    public override string Kind => "keyword arguments";
}
