using GenAI.Retrieval.Answers.Generated;

namespace GenAI.Retrieval.Tests.Answers;

public sealed class SupportCheckTests
{
    private const string Quote = "Acme sold 1,200 bridges in 2022, up 15% from 2021, and its margin was not hurt by steel prices.";

    [Theory]
    [InlineData("Acme did not see its margin hurt by steel prices.")]
    [InlineData("In 2022 Acme sold 1200 bridges, and its margin was not hurt.")]
    public void IsSupported_SameFacts_IsTrue(string sentence) =>
        SupportCheck.IsSupported(sentence, Quote).ShouldBeTrue();

    [Theory]
    [InlineData("Acme sold 1,300 bridges in 2022 and its margin was not hurt.")]
    [InlineData("Acme sold 1,200 bridges in 2021, up 51% from 2020, not hurt by steel prices.")]
    [InlineData("In 2022 Acme sold 1,200 million bridges and was not hurt.")]
    [InlineData("Acme sold 1,200 bridges in 2022, and its margin was hurt by steel prices.")]
    [InlineData("In 2022 Borealis sold 1,200 bridges, its margin was not hurt.")]
    [InlineData("The weather was not pleasant.")]
    [InlineData("It is.")]
    public void IsSupported_WrongNumberNameOrNegation_IsFalse(string sentence) =>
        SupportCheck.IsSupported(sentence, Quote).ShouldBeFalse();
}
