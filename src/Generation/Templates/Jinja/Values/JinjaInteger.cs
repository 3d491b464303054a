namespace GenAI.Generation.Templates.Jinja.Values;

internal sealed class JinjaInteger(double value) : JinjaNumber(value)
{
    public override string Kind => "integer";
}
