using GenAI.Eval.Metrics;

namespace GenAI.Eval.Tests;

public sealed class AnswerTextTests
{
    [Theory]
    [InlineData("The Panthers gave up just 308 points.", "308", true)]
    [InlineData("The Panthers gave up 1308 points.", "308", false)]
    [InlineData("It cost 1,890 euros.", "1890 euros", true)]
    [InlineData("Kony Ealy had 5 sacks", "kony ealy", true)]
    [InlineData("Ealy, Kony", "Kony Ealy", false)]
    [InlineData("about 6.5%", "6.5%", true)]
    public void Holds_Answer_LooksForWholeWordsInOrder(string answer, string gold, bool expected) =>
        AnswerText.Holds(answer, gold).ShouldBe(expected);

    [Theory]
    [InlineData("the cat", "cat", 1.0)]
    [InlineData("cat sat", "cat", 2.0 / 3)]
    [InlineData("dog", "cat", 0)]
    [InlineData("cat cat", "cat", 2.0 / 3)]
    public void F1_Answer_IsTheHarmonicMean(string answer, string gold, double expected) =>
        AnswerText.F1(answer, gold).ShouldBe(expected, 1e-12);

    [Fact]
    public void IsExact_ArticlesAndPunctuation_DoNotCount() => AnswerText.IsExact("The Answer!", "answer").ShouldBeTrue();
}
