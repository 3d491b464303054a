namespace GenAI.Generation.Templates.Jinja.Values;

internal sealed class JinjaUndefined : JinjaValue
{
    public static readonly JinjaUndefined Instance = new();

    private JinjaUndefined()
    {
    }

    public override string Kind => "undefined";

    public override bool IsTrue => false;
}
