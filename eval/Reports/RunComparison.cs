using GenAI.Eval.Metrics;

namespace GenAI.Eval.Reports;

/// <summary>Compares two runs of one suite.</summary>
internal static class RunComparison
{
    /// <exception cref="EvalException">The runs are of different suites.</exception>
    public static IReadOnlyList<MetricChange> Compare(EvalResult before, EvalResult after, int seed)
    {
        if (before.Suite != after.Suite)
        {
            throw new EvalException($"The baseline is a run of '{before.Suite}', this is '{after.Suite}': they have no figure in common.");
        }

        return [.. from current in after.Groups
                   join earlier in before.Groups on current.Name equals earlier.Name
                   from metric in current.Metrics
                   let old = earlier.Metrics.FirstOrDefault(candidate => candidate.Name == metric.Name)
                   where old is not null
                   select Change(earlier, current, old, metric, seed)];
    }

    private static MetricChange Change(ResultGroup before, ResultGroup after, Metric old, Metric current, int seed)
    {
        var earlier = Values(before, current.Name);
        var differences = Values(after, current.Name)
            .Where(item => earlier.ContainsKey(item.Key))
            .Select(item => item.Value - earlier[item.Key])
            .ToArray();
        if (differences.Length < 2)
        {
            // No pairs, such as a percentile of a load: the intervals of both runs are all there is.
            return new MetricChange(after.Name, old, current, current.Value - old.Value, current.Low - old.High, current.High - old.Low);
        }

        var (low, high) = Bootstrap.Interval(differences, seed);
        return new MetricChange(after.Name, old, current, differences.Average(), low, high);
    }

    private static Dictionary<string, double> Values(ResultGroup group, string metric) =>
        group.Items
            .Where(item => item.Values.ContainsKey(metric))
            .GroupBy(item => item.Id, StringComparer.Ordinal)
            .ToDictionary(items => items.Key, items => items.First().Values[metric], StringComparer.Ordinal);
}
