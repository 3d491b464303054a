namespace GenAI.Eval.Metrics;

/// <summary>A number of a text with what the text says of it.</summary>
/// <param name="Value">With its scale: <c>1.8 bn</c> is 1.8e9; of per cent the number before the sign.</param>
/// <param name="Precision">Worth of the last digit that is written, with the scale.</param>
/// <param name="Sign">What the text says of its sign.</param>
internal readonly record struct Quantity(double Value, double Precision, QuantitySign Sign, bool IsPercent, bool HasScale, bool HasCurrency)
{
    public bool HasDecimals => Precision < 1;

    public bool IsYear => !IsPercent && !HasScale && !HasCurrency && Value is >= 1990 and <= 2035 && Value == Math.Floor(Value);
}
