namespace GenAI.Eval.Metrics;

/// <summary>Percentiles by the nearest rank.</summary>
internal static class Percentile
{
    /// <param name="values">Any order; not changed.</param>
    /// <param name="share">Between 0 and 1.</param>
    public static double Of(IReadOnlyCollection<double> values, double share)
    {
        if (values.Count == 0)
        {
            return double.NaN;
        }

        var sorted = values.Order().ToArray();
        return sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
    }
}
