namespace GenAI.Generation.Templates.Jinja.Values;

internal sealed class JinjaString(string value) : JinjaValue
{
    public string Value { get; } = value;

    public override string Kind => "string";

    public override bool IsTrue => Value.Length > 0;
}
