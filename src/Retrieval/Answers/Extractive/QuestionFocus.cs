using GenAI.Retrieval.Answers.Text;

namespace GenAI.Retrieval.Answers.Extractive;

/// <summary>The part of a question that asks, without the instructions that follow it ("… Round your answer to two decimals.").</summary>
internal static class QuestionFocus
{
    /// <summary>A shorter rest belongs to the question ("… and in 2022").</summary>
    private const int MinInstructionWords = 4;

    public static string Of(string question)
    {
        var last = question.LastIndexOf('?');
        return last > 0 && AnswerWords.Content(question.AsSpan(last + 1)).Count >= MinInstructionWords
            ? question[..(last + 1)]
            : question;
    }
}
