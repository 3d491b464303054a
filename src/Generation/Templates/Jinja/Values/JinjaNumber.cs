namespace GenAI.Generation.Templates.Jinja.Values;

/// <summary>Numbers are doubles, as in the reference implementation: integers are exact to 2^53.</summary>
internal abstract class JinjaNumber(double value) : JinjaValue
{
    public double Value { get; } = value;

    public override bool IsTrue => Value != 0 && !double.IsNaN(Value);
}
