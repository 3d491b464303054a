namespace GenAI.Generation.Templates.Jinja.Values;

/// <summary>A tuple: an array to most operations, but (as in the reference implementation) neither iterable in tests nor writable as JSON.</summary>
internal sealed class JinjaTuple(IReadOnlyList<JinjaValue> items) : JinjaArray(items)
{
    public override string Kind => "tuple";
}
