using FsCheck;
using FsCheck.Fluent;
using GenAI.Retrieval.Answers;
using GenAI.Retrieval.Answers.Extractive;

namespace GenAI.Retrieval.Tests.Answers;

public sealed class ExtractivePolicyTests
{
    private static readonly string[] Words =
        ["bridge", "toll", "1932", "412", "Anna", "river", "opened", ". ", "\n", "? ", "not ", "Orla", " | ", "closed", "| 7 |", "Rows  4  5\n", "。", "\uD83D\uDE00", "- ", "\t", "  "];

    /// <summary>What a row of a table is written with, and blanks.</summary>
    private static readonly char[] s_writing = [' ', '\n', '\t', '(', ')', ':', ';', ','];

    private readonly ExtractivePolicy _policy = new();

    [Theory]
    [InlineData("Who opened the Meridian bridge?", "The Meridian bridge was opened in 1932 by Anna Kowalska.")]
    [InlineData("How many metres does the bridge span over the river?", "It spans 412 metres over the river Orla.")]
    [InlineData("When was the toll abolished?", "The toll was abolished in 1974.")]
    [InlineData("Are dogs allowed in the reading room?", "Dogs are not allowed in the reading room.")]
    public async Task Answer_FactInTheSources_IsTheSentence(string question, string expected)
    {
        var answer = await _policy.AnswerAsync(question, TestEvidence.Bridge, TestContext.Current.CancellationToken);

        answer.Abstained.ShouldBeFalse();
        answer.Text.ShouldContain(expected);
        AssertVerbatim(answer, TestEvidence.Bridge);
    }

    [Theory]
    [InlineData("What is the boiling point of mercury?")]
    [InlineData("Who won the football championship in Brazil?")]
    [InlineData("")]
    public async Task Answer_SourcesSilent_SaysSoAndCitesNothing(string question)
    {
        var answer = await _policy.AnswerAsync(question, TestEvidence.Bridge, TestContext.Current.CancellationToken);

        answer.Abstained.ShouldBeTrue();
        answer.Citations.ShouldBeEmpty();
        answer.Text.ShouldEndWith(".");
    }

    [Fact]
    public async Task Answer_NoEvidence_Abstains()
    {
        var answer = await _policy.AnswerAsync("Who?", [], TestContext.Current.CancellationToken);

        answer.Abstained.ShouldBeTrue();
        answer.Text.ShouldContain("No passage");
    }

    [Fact]
    public async Task Answer_TableRow_IsTheRowOfTheRightLine()
    {
        var table = TestEvidence.Of(
            "Consolidated statements of income (in millions)\nTotal revenue 12,868 11,171 9,030\nCost of revenue 1,722 1,404 1,080\nNet income 4,756 4,822 5,260",
            "ACME_2022_10K.pdf",
            page: 3);

        var answer = await _policy.AnswerAsync("What was the net income?", [table], TestContext.Current.CancellationToken);

        answer.Text.ShouldBe("Net income (in millions): 4,756; 4,822; 5,260");
        answer.Citations.Select(citation => citation.Quote).ShouldBe(["Net income 4,756 4,822 5,260", "Consolidated statements of income (in millions)"]);
        answer.Citations[0].Page.ShouldBe(3);
    }

    [Fact]
    public async Task Answer_InstructionsBehindTheQuestion_DoNotDrownIt()
    {
        var answer = await _policy.AnswerAsync(
            "When was the toll abolished? Give the year alone, and if a toll is not relevant for such a structure, then state that and explain why.",
            TestEvidence.Bridge,
            TestContext.Current.CancellationToken);

        answer.Text.ShouldContain("abolished in 1974");
    }

    [Theory]
    [InlineData("What does error E-203 mean?")]
    [InlineData("what does e203 mean")]
    public async Task Answer_CodeInTheQuestion_IsTheWholeItemOfThatCodeAlone(string question)
    {
        var answer = await _policy.AnswerAsync(question, [TestEvidence.Of(TestEvidence.ServiceGuide)], TestContext.Current.CancellationToken);

        answer.Text.ShouldBe("- **E-203**: battery below 3.1 volts. Change the battery pack within 72 hours.");
    }

    [Fact]
    public async Task Answer_CodeThatTheSourcesDoNotKnow_Abstains()
    {
        var answer = await _policy.AnswerAsync("What does error E-204 mean?", [TestEvidence.Of(TestEvidence.ServiceGuide)], TestContext.Current.CancellationToken);

        answer.Abstained.ShouldBeTrue();
    }

    [Fact]
    public async Task Answer_CodeOfASentence_IsThatSentence()
    {
        var answer = await _policy.AnswerAsync("How long does the sensor cap FM-OC-17 last?", [TestEvidence.Of(TestEvidence.ServiceGuide)], TestContext.Current.CancellationToken);

        answer.Text.ShouldContain("(part number FM-OC-17) last 24 months.");
        answer.Text.ShouldNotContain("E-");
    }

    [Theory]
    [InlineData("What are the error codes?")]
    [InlineData("What technical data are there?")]
    public async Task Answer_HeadingInTheQuestionsWords_IsNoAnswer(string question)
    {
        var policy = new ExtractivePolicy(options: new ExtractiveOptions { AnswerableThreshold = double.NegativeInfinity });

        var answer = await policy.AnswerAsync(question, [TestEvidence.Of(TestEvidence.ServiceGuide)], TestContext.Current.CancellationToken);

        answer.Text.ShouldNotContain("#");
        answer.Citations.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Answer_HeadingWithoutMark_IsNoAnswerEither()
    {
        var evidence = TestEvidence.Of("Bridges\n\nThe bridges are old.");

        var answer = await _policy.AnswerAsync("Which bridges are old?", [evidence], TestContext.Current.CancellationToken);

        answer.Text.ShouldBe("The bridges are old.");
    }

    [Fact]
    public async Task Answer_RowOfATableWithBars_BringsTheNamesOfItsColumns()
    {
        var answer = await _policy.AnswerAsync("What is the battery life of the FieldMeter 4?", [TestEvidence.Of(TestEvidence.ServiceGuide)], TestContext.Current.CancellationToken);

        answer.Text.ShouldBe("Battery life: 22 months (FieldMeter 4); 14 months (FieldMeter 3)");
        answer.Citations.Select(citation => citation.Quote).ShouldBe(["| Battery life | 14 months | 22 months |", "| Property | FieldMeter 3 | FieldMeter 4 |"]);
    }

    [Fact]
    public async Task Answer_WrappedSentence_IsWrittenInOneLineAndQuotedAsItStands()
    {
        var answer = await _policy.AnswerAsync("When was the toll abolished?", [TestEvidence.Of("The toll was\nabolished  in 1974.")], TestContext.Current.CancellationToken);

        answer.Text.ShouldBe("The toll was abolished in 1974.");
        answer.Citations.ShouldHaveSingleItem().Quote.ShouldBe("The toll was\nabolished  in 1974.");
    }

    [Fact]
    public async Task Answer_SamePassageTwice_IsSaidOnce()
    {
        var answer = await _policy.AnswerAsync("When was the toll abolished?", [TestEvidence.Bridge[0], TestEvidence.Bridge[0]], TestContext.Current.CancellationToken);

        answer.Citations.Select(citation => citation.QuoteStart).ShouldBeUnique();
    }

    [Fact]
    public void Answer_AnyText_CitesWordForWordInReadingOrder()
    {
        var texts = Gen.Elements(Words).ArrayOf().Select(string.Concat);
        var cases = from passages in texts.ArrayOf() from question in texts select (passages, question);

        Prop.ForAll(cases.ToArbitrary(), sample =>
        {
            var evidence = sample.passages.Select((text, index) => TestEvidence.Of(text, $"{index}.md", index * 10)).ToArray();
            var policy = new ExtractivePolicy(options: new ExtractiveOptions { AnswerableThreshold = double.NegativeInfinity });
            var answer = policy.AnswerAsync(sample.question, evidence, CancellationToken.None).GetAwaiter().GetResult();
            AssertVerbatim(answer, evidence);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    private static void AssertVerbatim(Answer answer, IReadOnlyList<Evidence> evidence)
    {
        foreach (var citation in answer.Citations)
        {
            var source = evidence.First(passage => passage.DocumentId == citation.DocumentId && passage.Start == citation.PassageStart);
            source.Text.Substring(citation.QuoteStart - source.Start, citation.Quote.Length).ShouldBe(citation.Quote);
            var quotes = string.Join(' ', answer.Citations.Where(other => other.StartIndex == citation.StartIndex || other.DocumentId == citation.DocumentId).Select(other => other.Quote));
            answer.Text[citation.StartIndex..citation.EndIndex].Split(s_writing, StringSplitOptions.RemoveEmptyEntries).ShouldAllBe(word => quotes.Contains(word));
            citation.PassageEnd.ShouldBe(source.Start + source.Text.Length);
        }

        answer.Citations.Select(citation => citation.StartIndex).ShouldBeInOrder();
    }
}
