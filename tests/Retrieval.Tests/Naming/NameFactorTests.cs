using GenAI.Retrieval.Naming;

namespace GenAI.Retrieval.Tests.Naming;

public sealed class NameFactorTests
{
    [Fact]
    public void Of_NothingNamed_ChangesNothing() => NameFactor.Of(2, 0, 0).ShouldBe(1);

    [Fact]
    public void Of_NamedMost_KeepsItsScore() => NameFactor.Of(2, .7, .7).ShouldBe(1);

    [Fact]
    public void Of_NamedLess_Falls() => NameFactor.Of(2, 0, 1).ShouldBe(1 / 3d, 1e-9);
}
