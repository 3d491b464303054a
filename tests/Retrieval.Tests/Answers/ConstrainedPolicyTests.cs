using GenAI.Retrieval.Answers;
using GenAI.Retrieval.Answers.Constrained;
using GenAI.Retrieval.Answers.Extractive;

namespace GenAI.Retrieval.Tests.Answers;

public sealed class ConstrainedPolicyTests
{
    private static readonly Evidence[] Twins =
    [
        TestEvidence.Of("The north bridge was painted green in spring. The south bridge was painted green in autumn."),
    ];

    [Fact]
    public async Task Answer_InDoubt_IsTheSentenceTheModelFavours()
    {
        var reader = new FixedReader("south");
        var policy = new ConstrainedPolicy(reader, options: Options(weight: 10));

        var answer = await policy.AnswerAsync("When was the bridge painted green?", Twins, TestContext.Current.CancellationToken);

        answer.Text.ShouldStartWith("The south bridge");
        answer.Policy.ShouldBe(AnswerPolicyNames.Constrained);
        answer.Citations.ShouldHaveSingleItem().Quote.ShouldBe(answer.Text);
        reader.Prompts.ShouldAllBe(prompt => prompt.Continuation == " When was the bridge painted green?");
    }

    [Fact]
    public async Task Answer_NoDoubt_DoesNotAskTheModelAndSaysSo()
    {
        var reader = new FixedReader("south");
        var policy = new ConstrainedPolicy(reader, options: Options(weight: 10));

        var answer = await policy.AnswerAsync("When was the toll abolished?", TestEvidence.Bridge, TestContext.Current.CancellationToken);

        answer.Text.ShouldBe("The toll was abolished in 1974.");
        answer.Policy.ShouldBe(AnswerPolicyNames.Extractive);
        reader.Prompts.ShouldBeEmpty();
    }

    [Fact]
    public async Task Answer_SourcesSilent_Abstains()
    {
        var policy = new ConstrainedPolicy(new FixedReader("bridge"), options: Options(weight: 10));

        var answer = await policy.AnswerAsync("What is the boiling point of mercury?", Twins, TestContext.Current.CancellationToken);

        answer.Abstained.ShouldBeTrue();
        answer.Citations.ShouldBeEmpty();
    }

    private static ConstrainedOptions Options(double weight) => new()
    {
        LikelihoodWeight = weight,
        Extract = new ExtractiveOptions { MaxSentences = 1 },
    };

    /// <summary>Finds the question likelier after sentences that hold a word.</summary>
    private sealed class FixedReader(string favourite) : ICandidateScorer
    {
        public List<ScoringPrompt> Prompts { get; } = [];

        public Task<IReadOnlyList<double>> ScoreAsync(IReadOnlyList<ScoringPrompt> prompts, CancellationToken cancellationToken)
        {
            Prompts.AddRange(prompts);
            return Task.FromResult<IReadOnlyList<double>>(
                [.. prompts.Select(prompt => prompt.Prompt.Contains(favourite, StringComparison.Ordinal) ? -2.0 : -4.0)]);
        }
    }
}
