using GenAI.Retrieval.Answers;
using GenAI.Retrieval.Answers.Extractive;

namespace GenAI.Retrieval.Tests.Answers;

public sealed class QuestionNamesTests
{
    private static readonly string s_long = string.Concat(Enumerable.Repeat("Acme makes brushes and sells them in Porto. ", 200));

    [Theory]
    [InlineData("What did Acme sell in Porto?", 0)]
    [InlineData("What did Acme sell in Turku?", .5)]
    [InlineData("What is BOLT's income?", 1)]
    [InlineData("What is the EBITDA in USD?", 0)]
    [InlineData("Which brushes are there? Turku has some.", 0)]
    [InlineData("Wie viele Pinsel verkauft die Firma?", 0)]
    [InlineData("", 0)]
    public void MissingIn_LongDocument_IsTheShareOfNamesThatItNeverWrites(string question, double expected) =>
        Missing(question, s_long).ShouldBe(expected);

    [Fact]
    public void MissingIn_Paragraph_IsNone() => Missing("What did Bolt sell?", "It sold brushes.").ShouldBe(0);

    private static double Missing(string question, string document) =>
        new QuestionNames(question).MissingIn(new Evidence("d", "report.pdf", document[..10], 0, [], 1, 1) { DocumentText = document }, _ => false);
}
