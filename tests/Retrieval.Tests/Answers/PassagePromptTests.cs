using GenAI.Retrieval.Answers.Generated;

namespace GenAI.Retrieval.Tests.Answers;

public sealed class PassagePromptTests
{
    [Fact]
    public void Write_Passages_AreNumberedAndSayWhereTheyAreFrom() =>
        PassagePrompt.Write([TestEvidence.Of("One."), TestEvidence.Of("Two.", page: 7)]).ShouldBe(
            "[1] bridge.md > Bridges\nOne.\n\n[2] bridge.md > Bridges, page 7\nTwo.");

    [Fact]
    public void Write_NoPassages_IsEmpty() => PassagePrompt.Write([]).ShouldBeEmpty();
}
