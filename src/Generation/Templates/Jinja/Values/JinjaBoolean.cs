namespace GenAI.Generation.Templates.Jinja.Values;

internal sealed class JinjaBoolean : JinjaValue
{
    public static readonly JinjaBoolean True = new(true);
    public static readonly JinjaBoolean False = new(false);

    private JinjaBoolean(bool value) => Value = value;

    public bool Value { get; }

    public override string Kind => "boolean";

    public override bool IsTrue => Value;
}
