using GenAI.Retrieval.Answers.Extractive;
using GenAI.Retrieval.Answers.Text;

namespace GenAI.Retrieval.Tests.Answers;

public sealed class FileNameWordsTests
{
    [Theory]
    [InlineData("Did Best Buy open stores in FY2024?", "BESTBUY_2024Q2_10Q.pdf", "best bui 2024")]
    [InlineData("Which region of MGM grew in FY2022?", "MGMRESORTS_2022Q4_EARNINGS.pdf", "mgm 2022")]
    [InlineData("What was Adobe's income in 2021?", "ADOBE_2022_10K.pdf", "adob")]
    [InlineData("Who swims?", "travel.md", "")]
    public void Named_QuestionOnAFile_FindsItsWords(string question, string fileName, string expected) =>
        string.Join(' ', FileNameWords.Named(fileName, AnswerWords.Content(question)).OrderBy(word => char.IsDigit(word[0])).ThenBy(word => word, StringComparer.Ordinal)).ShouldBe(expected);
}
