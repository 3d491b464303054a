using GenAI.Eval.Reports;

namespace GenAI.Eval.Metrics;

/// <summary>Turns rows of values into figures with intervals.</summary>
internal static class MetricBuilder
{
    /// <summary>The mean of a value over the items that have it.</summary>
    public static Metric Mean(string name, IEnumerable<ResultItem> items, int seed, string unit = "", bool higherIsBetter = true)
    {
        double[] values = [.. items.Where(item => item.Values.ContainsKey(name)).Select(item => item.Values[name])];
        var (low, high) = Bootstrap.Interval(values, seed);
        return new Metric(name, values.Length == 0 ? double.NaN : values.Average(), low, high, unit, higherIsBetter, values.Length);
    }

    /// <summary>A percentile of a value over the items that have it, named such as <c>ttft_ms p95</c>.</summary>
    public static Metric AtPercentile(string name, double share, IEnumerable<ResultItem> items, int seed, string unit, bool higherIsBetter)
    {
        double[] values = [.. items.Where(item => item.Values.ContainsKey(name)).Select(item => item.Values[name])];
        var (low, high) = Bootstrap.Interval(values, seed, sample => Percentile.Of(sample, share));
        return new Metric(
            FormattableString.Invariant($"{name} p{share * 100:0}"),
            Percentile.Of(values, share),
            low,
            high,
            unit,
            higherIsBetter,
            values.Length);
    }
}
