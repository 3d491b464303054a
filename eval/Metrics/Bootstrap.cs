namespace GenAI.Eval.Metrics;

/// <summary>Percentile bootstrap of a mean (Efron, 1979), 1,000 resamples.</summary>
internal static class Bootstrap
{
    private const int Resamples = 1000;

    /// <summary>The 95% interval of the mean; the value itself twice when there are fewer than two values.</summary>
    public static (double Low, double High) Interval(IReadOnlyList<double> values, int seed) =>
        Interval(values, seed, sample => sample.Sum() / sample.Length);

    /// <summary>The 95% interval of any statistic of the values.</summary>
    public static (double Low, double High) Interval(IReadOnlyList<double> values, int seed, Func<double[], double> statistic)
    {
        if (values.Count < 2)
        {
            var value = values.Count == 1 ? statistic([values[0]]) : 0;
            return (value, value);
        }

        // A fixed seed: the interval of a stored result can be computed again.
        var random = new Random(seed);
        var sample = new double[values.Count];
        var statistics = new double[Resamples];
        for (var resample = 0; resample < Resamples; resample++)
        {
            for (var index = 0; index < sample.Length; index++)
            {
                sample[index] = values[random.Next(values.Count)];
            }

            statistics[resample] = statistic(sample);
        }

        Array.Sort(statistics);
        return (statistics[(int)(Resamples * 0.025)], statistics[(int)(Resamples * 0.975) - 1]);
    }
}
