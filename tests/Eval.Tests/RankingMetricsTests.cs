using GenAI.Eval.Metrics;

namespace GenAI.Eval.Tests;

public sealed class RankingMetricsTests
{
    private static readonly Dictionary<string, double> Gains = new() { ["a"] = 3, ["b"] = 2, ["c"] = 1 };

    [Fact]
    public void Ndcg_IdealRanking_IsOne() => RankingMetrics.Ndcg(["a", "b", "c", "x"], Gains, 10).ShouldBe(1, 1e-12);

    [Fact]
    public void Ndcg_KnownRanking_IsTheHandComputedValue()
    {
        // dcg = 2/log2(2) + 0 + 3/log2(4) = 3.5; ideal = 3 + 2/log2(3) + 1/2 = 4.76186
        RankingMetrics.Ndcg(["b", "x", "a"], Gains, 10).ShouldBe(3.5 / (3 + (2 / Math.Log2(3)) + 0.5), 1e-12);
    }

    [Fact]
    public void Ndcg_DepthCutsBothSides() => RankingMetrics.Ndcg(["a", "x"], Gains, 1).ShouldBe(1, 1e-12);

    [Fact]
    public void Recall_CountsRelevantOnly() => RankingMetrics.Recall(["x", "a", "y", "c"], Gains, 3).ShouldBe(1.0 / 3, 1e-12);

    [Fact]
    public void Ndcg_NothingFound_IsZero() => RankingMetrics.Ndcg([], Gains, 10).ShouldBe(0);
}
