using GenAI.Generation.Llama.Sampling;

namespace GenAI.Generation.Tests.Llama.Sampling;

public sealed class RepetitionGuardTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(17)]
    [InlineData(30)]
    public void Add_OneBlockOverAndOver_SpeaksAtTheLimit(int period)
    {
        var guard = new RepetitionGuard(64);
        int[] opening = [.. Enumerable.Range(1000, 50)];
        opening.ShouldAllBe(token => !guard.Add(token));

        var at = Enumerable.Range(0, 1000).First(index => guard.Add(index % period));

        // The first block is new, then come the repeated tokens; blocks shorter than the anchor are seen once it is full.
        at.ShouldBeInRange(64, 64 + period + 8);
    }

    [Fact]
    public void Add_LongBlock_SpeaksAfterTwoRepetitions()
    {
        var guard = new RepetitionGuard(64);

        Enumerable.Range(0, 5000).First(index => guard.Add(index % 200)).ShouldBe(599);
    }

    [Fact]
    public void Add_BlocksThatDiffer_AreNoRepetition()
    {
        // A list whose lines share all but a number.
        var guard = new RepetitionGuard(64);

        Enumerable.Range(0, 500).SelectMany(line => Enumerable.Range(5000, 20).Append(line)).ShouldAllBe(token => !guard.Add(token));
    }

    [Fact]
    public void Add_QuoteSaidTwice_IsNoRepetition()
    {
        var guard = new RepetitionGuard(64);
        int[] quote = [.. Enumerable.Range(0, 100)];

        quote.Concat(quote).Append(7000).Concat(Enumerable.Range(8000, 100)).ShouldAllBe(token => !guard.Add(token));
    }

    [Fact]
    public void Add_AnythingRandom_IsNoRepetition()
    {
        var random = new Random(7);
        var guard = new RepetitionGuard(32);

        Enumerable.Range(0, 20_000).Select(_ => random.Next(20)).ShouldAllBe(token => !guard.Add(token));
    }
}
