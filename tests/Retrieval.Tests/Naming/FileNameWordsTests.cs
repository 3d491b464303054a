using GenAI.Retrieval.Naming;

namespace GenAI.Retrieval.Tests.Naming;

public sealed class FileNameWordsTests
{
    [Theory]
    [InlineData("Did Best Buy open stores in FY2024?", "BESTBUY_2024Q2_10Q.pdf", "2024 bestbui", "2024 best bui")]
    [InlineData("Which region of MGM grew in FY2022?", "MGMRESORTS_2022Q4_EARNINGS.pdf", "2022 mgmresort", "2022 mgm")]
    [InlineData("What did Pfizer sell in Q22023?", "Pfizer_2023Q2_10Q.pdf", "2023 pfiz q2", "2023 pfiz q2")]
    [InlineData("What did Pfizer sell in Q2'2023?", "Pfizer_2023Q2_10Q.pdf", "2023 pfiz q2", "2023 pfiz q2")]
    [InlineData("What was Adobe's income in 2021?", "ADOBE_2022_10K.pdf", "adob", "adob")]
    [InlineData("What leave is there?", "working-time-and-leave.md", "leav", "leav")]
    [InlineData("Who swims?", "travel.md", "", "")]
    public void In_QuestionOnAFile_FindsTheWordsOfBoth(string question, string fileName, string expectedNamed, string expectedNaming)
    {
        var (named, naming) = new FileNameWords(fileName).In(FileNameWords.Of(question));

        string.Join(' ', named.Order(StringComparer.Ordinal)).ShouldBe(expectedNamed);
        string.Join(' ', naming.Order(StringComparer.Ordinal)).ShouldBe(expectedNaming);
    }
}
