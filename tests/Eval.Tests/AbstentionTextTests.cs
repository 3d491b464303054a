using GenAI.Eval.Client;
using GenAI.Eval.Suites.Answers;

namespace GenAI.Eval.Tests;

public sealed class AbstentionTextTests
{
    [Theory]
    [InlineData("The documents do not say.", true)]
    [InlineData("I could not find an answer in the documents.", true)]
    [InlineData("There is no information on this in the sources.", true)]
    [InlineData("", true)]
    [InlineData("The Panthers gave up 308 points.", false)]
    public void Abstains_Text_ReadsTheUsualWords(string text, bool expected) =>
        AbstentionText.Abstains(new ChatAnswer(text, [], null, 0)).ShouldBe(expected);

    [Fact]
    public void Abstains_CitedAnswer_IsAnAnswer() =>
        AbstentionText.Abstains(new ChatAnswer("It does not say more than this.", [new Citation("d", "q", 0, 2, null)], null, 0)).ShouldBeFalse();
}
