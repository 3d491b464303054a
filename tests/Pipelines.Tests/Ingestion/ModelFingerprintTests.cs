using GenAI.Pipelines.Ingestion;
using GenAI.Pipelines.Tests.VectorStores;

namespace GenAI.Pipelines.Tests.Ingestion;

public sealed class ModelFingerprintTests
{
    [Fact]
    public async Task OfAsync_SameAndOtherModel_AreTold()
    {
        var one = await FingerprintAsync(17);

        one.Length.ShouldBe(16);
        ModelFingerprint.IsOther(one, await FingerprintAsync(17), 64).ShouldBeFalse();
        ModelFingerprint.IsOther(one, await FingerprintAsync(5381), 64).ShouldBeTrue();
    }

    [Theory]
    [InlineData("00000000000000ff", "0000000000000000", 64, false)] // eight of sixty-four may flip
    [InlineData("00000000000001ff", "0000000000000000", 64, true)]
    [InlineData("0000000000000003", "0000000000000000", 8, true)]
    [InlineData("", "00000000ffffffff", 64, false)]
    [InlineData("00000000ffffffff", "", 64, false)]
    public void IsOther_Bits_AsManyAsAnEighthMayFlip(string before, string now, int dimensions, bool expected) =>
        ModelFingerprint.IsOther(before, now, dimensions).ShouldBe(expected);

    private static async Task<string> FingerprintAsync(uint seed)
    {
        var model = await new HashingEmbedder { Seed = seed }.GetAsync(TestContext.Current.CancellationToken);
        return await ModelFingerprint.OfAsync(model!, TestContext.Current.CancellationToken);
    }
}
