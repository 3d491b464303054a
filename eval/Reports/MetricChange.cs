namespace GenAI.Eval.Reports;

/// <summary>How a figure moved between two runs; the interval is of the difference (paired where the questions are the same).</summary>
internal sealed record MetricChange(string Group, Metric Before, Metric After, double Difference, double Low, double High)
{
    /// <summary>True when the interval of the difference leaves zero out.</summary>
    public bool IsSignificant => Low > 0 || High < 0;

    public bool IsBetter => Difference > 0 == After.HigherIsBetter;
}
