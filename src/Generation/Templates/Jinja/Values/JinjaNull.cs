namespace GenAI.Generation.Templates.Jinja.Values;

internal sealed class JinjaNull : JinjaValue
{
    public static readonly JinjaNull Instance = new();

    private JinjaNull()
    {
    }

    public override string Kind => "none";

    public override bool IsTrue => false;
}
