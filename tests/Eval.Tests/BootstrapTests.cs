using GenAI.Eval.Metrics;

namespace GenAI.Eval.Tests;

public sealed class BootstrapTests
{
    [Fact]
    public void Interval_SameSeed_IsTheSame()
    {
        var values = Enumerable.Range(0, 50).Select(value => (double)value).ToArray();

        Bootstrap.Interval(values, 3).ShouldBe(Bootstrap.Interval(values, 3));
    }

    [Fact]
    public void Interval_KnownSpread_HasAboutTheNormalWidth()
    {
        // Mean of 400 values of standard deviation 1: the interval is about 0.5 ± 1.96 / 20 wide.
        var random = new Random(5);
        var values = Enumerable.Range(0, 400).Select(_ => 0.5 + Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())).ToArray();

        var (low, high) = Bootstrap.Interval(values, 1);

        (high - low).ShouldBe(2 * 1.96 / 20, 0.04);
        values.Average().ShouldBeInRange(low, high);
    }

    [Fact]
    public void Interval_OneValue_IsThatValue() => Bootstrap.Interval([0.25], 1).ShouldBe((0.25, 0.25));

    [Theory]
    [InlineData(0.5, 3)]
    [InlineData(0.95, 5)]
    [InlineData(0.01, 1)]
    public void Percentile_NearestRank(double share, double expected) => Percentile.Of([5, 1, 4, 2, 3], share).ShouldBe(expected);
}
