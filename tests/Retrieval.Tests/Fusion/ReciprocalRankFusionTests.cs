using FsCheck;
using FsCheck.Fluent;
using GenAI.Retrieval.Fusion;

namespace GenAI.Retrieval.Tests.Fusion;

public sealed class ReciprocalRankFusionTests
{
    [Fact]
    public void Fuse_TwoLegs_AddsReciprocalRanksAndKeepsThem()
    {
        var fused = ReciprocalRankFusion.Fuse(Ranking(1, 2, 3), 1, Ranking(3, 1), 1, 10, Every);

        fused.Select(hit => hit.Candidate.Chunk).ShouldBe([1, 3, 2]);
        (fused[0].LexicalRank, fused[0].VectorRank).ShouldBe((1, 2));
        (fused[2].LexicalRank, fused[2].VectorRank, fused[2].VectorScore).ShouldBe((2, null, null));
        fused[0].Score.ShouldBe(((1 / 61.0) + (1 / 62.0)) / (2 / 61.0), 1e-12);
    }

    [Fact]
    public void Fuse_Weights_MoveTheOrder()
    {
        ReciprocalRankFusion.Fuse(Ranking(1, 2), 1, Ranking(2, 1), 3, 1, Every).ShouldHaveSingleItem().Candidate.Chunk.ShouldBe(2);
        ReciprocalRankFusion.Fuse(Ranking(1, 2), 3, Ranking(2, 1), 1, 1, Every).ShouldHaveSingleItem().Candidate.Chunk.ShouldBe(1);
    }

    [Fact]
    public void Fuse_OneLeg_KeepsItsOrderAndStartsAtOne()
    {
        var fused = ReciprocalRankFusion.Fuse(null, 1, Ranking(7, 5, 6), 2, 10, Every);

        fused.Select(hit => hit.Candidate.Chunk).ShouldBe([7, 5, 6]);
        fused[0].Score.ShouldBe(1, 1e-12);
    }

    [Fact]
    public void Fuse_LegsSwapped_GivesTheSameOrderAndScores()
    {
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var first = Shuffled(random);
            var second = Shuffled(random);
            var (w1, w2) = (random.NextDouble() + .1, random.NextDouble() + .1);

            var one = ReciprocalRankFusion.Fuse(first, w1, second, w2, 50, Every).Select(hit => (hit.Candidate.Chunk, Score: Math.Round(hit.Score, 12)));
            var other = ReciprocalRankFusion.Fuse(second, w2, first, w1, 50, Every).Select(hit => (hit.Candidate.Chunk, Score: Math.Round(hit.Score, 12)));

            one.OrderBy(hit => hit.Score).ThenBy(hit => hit.Chunk).ShouldBe(other.OrderBy(hit => hit.Score).ThenBy(hit => hit.Chunk));
            one.ShouldAllBe(hit => hit.Score > 0 && hit.Score <= 1);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Fuse_PassageWithoutVector_CountsItsWordsForBothLegs()
    {
        var fused = ReciprocalRankFusion.Fuse(Ranking(1, 2, 3), 1, Ranking(4, 5, 6, 1, 3), 1, 10, candidate => candidate.Chunk != 2);

        fused.Take(3).Select(hit => hit.Candidate.Chunk).ShouldBe([2, 1, 3]);
        fused[0].Score.ShouldBe(61 / 62.0, 1e-12);
        ReciprocalRankFusion.Fuse(Ranking(2), .2, [], .8, 1, _ => false)[0].Score.ShouldBe(1, 1e-12);
    }

    private static bool Every(Candidate candidate) => true;

    private static Candidate[] Ranking(params int[] chunks) =>
        [.. chunks.Select((chunk, rank) => new Candidate(0, chunk, chunk, 10 - rank))];

    private static Candidate[] Shuffled(Random random) =>
        Ranking([.. Enumerable.Range(0, 20).OrderBy(_ => random.Next()).Take(random.Next(0, 20))]);
}
