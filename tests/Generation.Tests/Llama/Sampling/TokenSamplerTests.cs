using GenAI.Generation.Llama.Sampling;

namespace GenAI.Generation.Tests.Llama.Sampling;

public sealed class TokenSamplerTests
{
    private static readonly SamplingConfig Open = new() { Temperature = 1, TopK = 0, TopP = 1, MinP = 0, Seed = 7 };

    /// <summary>Probabilities .5, .25, .15, .1 in a vocabulary whose other tokens are all but impossible.</summary>
    private static readonly float[] Logits = [.. new[] { 0.1, 0.5, 0.15, 0.25 }.Select(p => (float)Math.Log(p)), .. Enumerable.Repeat(-60f, 996)];

    [Fact]
    public void Sample_Temperature0_TakesTheLikeliest() =>
        Shares(Open with { Temperature = 0 }, 20).ShouldBe(new Dictionary<int, double> { [1] = 1 });

    [Fact]
    public void Sample_OpenDistribution_FollowsTheProbabilities()
    {
        var shares = Shares(Open, 20_000);

        shares[1].ShouldBe(0.5, 0.02);
        shares[3].ShouldBe(0.25, 0.02);
        shares[2].ShouldBe(0.15, 0.02);
        shares[0].ShouldBe(0.1, 0.02);
    }

    [Fact]
    public void Sample_Temperature2_FlattensTheDistribution()
    {
        var shares = Shares(Open with { Temperature = 2 }, 20_000);
        var total = Math.Sqrt(0.5) + Math.Sqrt(0.25) + Math.Sqrt(0.15) + Math.Sqrt(0.1);

        shares[1].ShouldBe(Math.Sqrt(0.5) / total, 0.02);
        shares[0].ShouldBe(Math.Sqrt(0.1) / total, 0.02);
    }

    [Theory]
    [InlineData(1, 1.0, 0.0, new[] { 1 })]
    [InlineData(2, 1.0, 0.0, new[] { 1, 3 })]
    [InlineData(0, 0.5, 0.0, new[] { 1 })]
    [InlineData(0, 0.6, 0.0, new[] { 1, 3 })]
    [InlineData(0, 0.8, 0.0, new[] { 1, 2, 3 })]
    [InlineData(0, 1.0, 0.45, new[] { 1, 3 })]
    [InlineData(3, 0.7, 0.0, new[] { 1, 3 })]
    public void Sample_Filters_KeepTheLikelyTokens(int topK, double topP, double minP, int[] kept) =>
        Shares(Open with { TopK = topK, TopP = (float)topP, MinP = (float)minP }, 3_000).Keys.Order().ShouldBe(kept);

    [Fact]
    public void Sample_SameSeed_GivesTheSameTokens()
    {
        var first = Draw(Open, 100);

        Draw(Open, 100).ShouldBe(first);
        Draw(Open with { Seed = 8 }, 100).ShouldNotBe(first);
    }

    [Fact]
    public void Sample_LogitBias_BansAndForces()
    {
        Shares(Open with { LogitBias = new Dictionary<int, double> { [1] = -100 } }, 2_000).Keys.ShouldNotContain(1);
        Shares(Open with { LogitBias = new Dictionary<int, double> { [500] = 100 } }, 200).Keys.ShouldBe([500]);
    }

    [Fact]
    public void Sample_PresencePenalty_TurnsToOtherTokens()
    {
        var config = Open with { Temperature = 0, PresencePenalty = 2 };

        Draw(config, 4).ShouldBe([1, 3, 2, 0]);
    }

    [Fact]
    public void Sample_RepeatPenalty_CountsThePrompt()
    {
        var config = Open with { Temperature = 0, RepeatPenalty = 10 };
        var sampler = new TokenSampler(config, grammar: null, prompt: [1], Logits.Length);

        sampler.Sample(Logits).ShouldBe(3);
    }

    [Fact]
    public void LogSumExp_Logits_NormalisesTheDistribution() =>
        Logits.Sum(logit => Math.Exp(logit - LogProbs.LogSumExp(Logits))).ShouldBe(1, 1e-4);

    private static Dictionary<int, double> Shares(SamplingConfig config, int draws) =>
        Draw(config, draws).CountBy(token => token).ToDictionary(pair => pair.Key, pair => (double)pair.Value / draws);

    private static List<int> Draw(SamplingConfig config, int draws)
    {
        var sampler = new TokenSampler(config, grammar: null, prompt: [], Logits.Length);
        return [.. Enumerable.Range(0, draws).Select(_ => sampler.Sample(Logits))];
    }
}
