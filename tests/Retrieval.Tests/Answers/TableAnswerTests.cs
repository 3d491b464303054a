using GenAI.Retrieval.Answers;
using GenAI.Retrieval.Answers.Extractive;

namespace GenAI.Retrieval.Tests.Answers;

public sealed class TableAnswerTests
{
    private const string Report =
        """
        STATEMENTS OF CASH FLOWS
        (In millions)
        2022  2021  2020
        Net income  4,756  4,822  5,260
        Depreciation  856  788  757
        Capital expenditures  (1,577)  (1,373)  (1,420)
        """;

    private static readonly string s_document = Report + "\n\n" + string.Concat(Enumerable.Repeat("Acme makes things of all kinds. ", 200));

    private readonly ExtractivePolicy _policy = new();

    [Fact]
    public async Task Answer_PassageThatBeginsInsideATable_HasItsColumnsFromTheDocument()
    {
        var answer = await AskAsync("What were the capital expenditures of Acme in FY2021?", Of("ACME_2022_10K.pdf", "Depreciation"));

        answer.Text.ShouldBe("Capital expenditures (In millions): (1,373) (2021); (1,577) (2022); (1,420) (2020)");
        answer.Citations.Select(citation => citation.Quote).ShouldBe(
            ["Capital expenditures  (1,577)  (1,373)  (1,420)", "STATEMENTS OF CASH FLOWS\n(In millions)\n2022  2021  2020"]);
        answer.Citations.ShouldAllBe(citation => s_document.Substring(citation.QuoteStart, citation.Quote.Length) == citation.Quote);
        answer.Citations.ShouldAllBe(citation => citation.PassageStart <= citation.QuoteStart);
    }

    [Theory]
    [InlineData("What were the capital expenditures of Acme in FY2015?")]
    [InlineData("What were the capital expenditures of Bolt in FY2021?")]
    [InlineData("What were the marketing expenses of Acme in FY2021?")]
    public async Task Answer_OtherYearCompanyOrMeasure_Abstains(string question)
    {
        var answer = await AskAsync(question, Of("report.pdf", "STATEMENTS"));

        answer.Abstained.ShouldBeTrue(answer.Text);
    }

    [Theory]
    [InlineData("Give a response to the question by relying on the details shown in the statement of cash flows. What is Acme's FY2022 net income?")]
    [InlineData("What is Acme's FY2022 net income? Answer in USD millions and round to one decimal place.")]
    public async Task Answer_InstructionsAroundTheQuestion_DoNotSilenceTheRow(string question)
    {
        var answer = await AskAsync(question, Of("ACME_2022_10K.pdf", "STATEMENTS"));

        answer.Text.ShouldBe("Net income (In millions): 4,756 (2022); 4,822 (2021); 5,260 (2020)");
    }

    [Fact]
    public async Task Answer_NameOfOneWord_ComesWithItsGroupAndQuotesIt()
    {
        var evidence = new Evidence("file-1", "report.pdf", "(In millions)\n2022  2021\nCost of revenue:\nProduct  35  41\nServices  484  450", 0, [], 3, 1);

        var answer = await AskAsync("What was the cost of product revenue in 2022?", evidence);

        answer.Text.ShouldBe("Cost of revenue, Product (In millions): 35 (2022); 41 (2021)");
        answer.Citations.Select(citation => citation.Quote).ShouldBe(["Product  35  41", "(In millions)\n2022  2021", "Cost of revenue:"]);
    }

    [Theory]
    [InlineData("What was the adjusted EBITDA of Acme in 2022?", false)]
    [InlineData("What was the adjusted EBITDA of Acme in 2015?", true)]
    public async Task Answer_FewerFiguresThanColumns_IsOfTheTablesYearsWithoutNamingThem(string question, bool isSilent)
    {
        var text = "($ million)  2022  2021  2020\nNet income  4  5  6\nAdjusted EBITDA  2,018  2,117";
        var evidence = new Evidence("file-1", "ACME_report.pdf", text, 0, [], 3, 1);

        var answer = await AskAsync(question, evidence);

        answer.Abstained.ShouldBe(isSilent, answer.Text);
        (isSilent || answer.Text == "Adjusted EBITDA ($ million): 2,018; 2,117").ShouldBeTrue(answer.Text);
    }

    private Task<Answer> AskAsync(string question, Evidence evidence) =>
        _policy.AnswerAsync(question, [evidence], TestContext.Current.CancellationToken);

    private static Evidence Of(string file, string from)
    {
        var start = s_document.IndexOf(from, StringComparison.Ordinal);
        return new Evidence("file-1", file, s_document[start..Report.Length], start, [], 3, 1) { DocumentText = s_document };
    }
}
