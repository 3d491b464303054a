namespace GenAI.Generation.Templates.Jinja.Values;

internal sealed class JinjaFloat(double value) : JinjaNumber(value)
{
    public override string Kind => "float";
}
