using GenAI.Retrieval.Answers.Generated;

namespace GenAI.Retrieval.Tests.Answers;

public sealed class ContextPackerTests
{
    [Fact]
    public void Pack_Budget_IsKeptAndBestComesFirst()
    {
        var packed = ContextPacker.Pack([TestEvidence.Of(new string('a', 300)), TestEvidence.Of(new string('b', 900)), TestEvidence.Of(new string('c', 100))], 600);

        packed.Text.Length.ShouldBeLessThanOrEqualTo(600);
        packed.Evidence.Select(passage => passage.Text[0]).ShouldBe(['a', 'c']);
    }

    [Fact]
    public void Pack_FirstTooLong_IsCut() =>
        ContextPacker.Pack([TestEvidence.Of(new string('a', 3000))], 500).Text.Length.ShouldBeInRange(400, 500);

    [Fact]
    public void Pack_Passage_SaysWhereItIsFrom() =>
        ContextPacker.Pack(TestEvidence.Bridge, 5000).Text.ShouldStartWith("[1] bridge.md > Bridges, page 7\nThe Meridian");
}
