using GenAI.Retrieval.Naming;

namespace GenAI.Retrieval.Tests.Naming;

public sealed class NamedDocumentsTests
{
    private static readonly string[] Names = ["ACME_2022_10K.pdf", "ACME_2023_10K.pdf", "BOLT_2022_10K.pdf", "minutes.md", "p17.txt"];

    [Theory]
    [InlineData("What did Acme earn in fiscal 2022?", "ACME_2022_10K.pdf")]
    [InlineData("What did ACME earn in FY2023?", "ACME_2023_10K.pdf")]
    [InlineData("How many people did Bolt employ?", "BOLT_2022_10K.pdf")]
    [InlineData("what do the minutes say", "minutes.md")]
    public void Share_QuestionThatNamesAFile_IsHighestForThatFile(string question, string expected)
    {
        var named = new NamedDocuments(question, Names);

        Names.MaxBy(named.Share).ShouldBe(expected);
        Names.Count(name => named.Share(name) == named.Share(expected)).ShouldBe(1);
    }

    [Theory]
    [InlineData("Who opened the bridge?")]
    [InlineData("What is p 170?")]
    [InlineData("")]
    public void Share_QuestionThatNamesNone_IsZero(string question) =>
        Names.Select(new NamedDocuments(question, Names).Share).ShouldAllBe(share => share == 0);

    [Fact]
    public void Share_WholeName_IsOne() => new NamedDocuments("ACME 2023 10K", Names).Share("ACME_2023_10K.pdf").ShouldBe(1, 1e-9);

    [Fact]
    public void Share_NumberOfAFile_IsNoName()
    {
        string[] names = ["17.txt", "18.txt", "2017.txt"];

        var named = new NamedDocuments("Which 17 towns had 18 bridges in 2017?", names);

        names.Select(named.Share).ShouldBe([0, 0, .5], 1e-9);
    }

    [Fact]
    public void Share_NameOfOneWord_IsHalf() => new NamedDocuments("the minutes", Names).Share("minutes.md").ShouldBe(.5, 1e-9);

    [Fact]
    public void Share_WordOfManyNames_SaysLessThanAWordOfOne()
    {
        var named = new NamedDocuments("Bolt 2022", Names);

        named.Share("ACME_2022_10K.pdf").ShouldBeLessThan(named.Share("BOLT_2022_10K.pdf") / 2);
    }
}
