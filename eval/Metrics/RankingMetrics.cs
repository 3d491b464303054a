namespace GenAI.Eval.Metrics;

/// <summary>Ranking quality as trec_eval computes it: linear gains, log2 discount, the ideal ranking from all judgements.</summary>
internal static class RankingMetrics
{
    /// <param name="ranking">Document ids, best first, without repeats.</param>
    /// <param name="gains">Gain of each relevant document; others count 0.</param>
    /// <param name="depth">How many ranks count.</param>
    public static double Ndcg(IReadOnlyList<string> ranking, IReadOnlyDictionary<string, double> gains, int depth)
    {
        var ideal = gains.Values.OrderDescending().Take(depth).Select(Discounted).Sum();
        return ideal == 0
            ? 0
            : ranking.Take(depth).Select((id, rank) => Discounted(gains.GetValueOrDefault(id), rank)).Sum() / ideal;
    }

    /// <summary>Share of the relevant documents among the first <paramref name="depth"/>.</summary>
    public static double Recall(IReadOnlyList<string> ranking, IReadOnlyDictionary<string, double> gains, int depth)
    {
        var relevant = gains.Count(gain => gain.Value > 0);
        return relevant == 0 ? 0 : (double)ranking.Take(depth).Count(id => gains.GetValueOrDefault(id) > 0) / relevant;
    }

    private static double Discounted(double gain, int rank) => gain / Math.Log2(rank + 2);
}
