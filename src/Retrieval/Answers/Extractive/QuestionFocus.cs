using System.Text.RegularExpressions;
using GenAI.Retrieval.Answers.Text;

namespace GenAI.Retrieval.Answers.Extractive;

/// <summary>The part of a question that asks, without the instructions around it ("Use the balance sheet. … Round to two decimals.").</summary>
internal static partial class QuestionFocus
{
    /// <summary>A shorter rest belongs to the question ("… and in 2022").</summary>
    private const int MinInstructionWords = 4;

    public static string Of(string question)
    {
        var last = question.LastIndexOf('?');
        if (last <= 0)
        {
            return question;
        }

        var first = Instructions().Match(question, 0, last).Length;
        var rest = question[(last + 1)..];
        var isInstruction = AnswerWords.Content(rest).Count >= MinInstructionWords;
        return question[first..(last + 1)] + (isInstruction ? Definition().Match(rest).Value : rest);
    }

    /// <summary>"DPO is defined as …" names what the answer is made of.</summary>
    [GeneratedRegex(@"^[^.?]*\bdefined as\b[^.]*\.?", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Definition();

    /// <summary>Sentences that tell the answerer what to do; one that tells of the asker ("I have a FieldMeter 4.") stays.</summary>
    [GeneratedRegex(@"^\s*(?:(?:please\s+)?(?:give|answer|use|using|respond|calculate|compute|base|assume|round|refer|consider|rely|look|read|based on|by)\b[^.?]*\.\s+)+", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Instructions();
}
