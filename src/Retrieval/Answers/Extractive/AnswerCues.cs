using System.Text.RegularExpressions;
using GenAI.Retrieval.Answers.Text;

namespace GenAI.Retrieval.Answers.Extractive;

/// <summary>Tells from a question's words what it asks for, and whether a sentence holds such a thing that the question did not bring.</summary>
internal static partial class AnswerCues
{
    public static AnswerType TypeOf(string question) =>
        NumberQuestion().IsMatch(question) ? AnswerType.Number
        : DateQuestion().IsMatch(question) ? AnswerType.Date
        : PersonQuestion().IsMatch(question) ? AnswerType.Person
        : PlaceQuestion().IsMatch(question) ? AnswerType.Place
        : ReasonQuestion().IsMatch(question) ? AnswerType.Reason
        : AnswerType.Other;

    public static bool Holds(AnswerType type, string sentence, QuestionProfile question) => type switch
    {
        AnswerType.Number => HasNewNumber(sentence, question) || NumberWord().IsMatch(sentence),
        AnswerType.Date => Date().IsMatch(sentence) || HasNewNumber(sentence, question),
        AnswerType.Person or AnswerType.Place => HasNewName(sentence, question),
        AnswerType.Reason => Reason().IsMatch(sentence),
        _ => false,
    };

    private static bool HasNewNumber(string sentence, QuestionProfile question)
    {
        foreach (var match in Number().EnumerateMatches(sentence))
        {
            if (!question.Numbers.Contains(sentence.Substring(match.Index, match.Length).TrimEnd('.', ',')))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A capital that is not the sentence's first word and not one of the question's words.</summary>
    private static bool HasNewName(string sentence, QuestionProfile question)
    {
        foreach (var match in Capital().EnumerateMatches(sentence))
        {
            var word = sentence.Substring(match.Index, match.Length).ToLowerInvariant();
            if (match.Index > 0 && !question.PlainWords.Contains(word) && !AnswerWords.IsStopWord(word))
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex(@"\b(how many|how much|how old|how long|how far|how large|how big|how tall|what percent|what percentage|what number|how often)\b", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NumberQuestion();

    [GeneratedRegex(@"\b(when|what year|which year|what date|what day|what month|what century|what decade)\b", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DateQuestion();

    [GeneratedRegex(@"\b(who|whom|whose)\b", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PersonQuestion();

    [GeneratedRegex(@"\b(where|what city|what country|which country|which city|what state|what place)\b", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PlaceQuestion();

    [GeneratedRegex(@"\bwhy\b", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ReasonQuestion();

    [GeneratedRegex(@"\b1\d{3}\b|\b20\d\d\b|\b(January|February|March|April|May|June|July|August|September|October|November|December)\b", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Date();

    [GeneratedRegex(@"\d[\d,.]*", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();

    [GeneratedRegex(@"\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|half|third|quarter|dozen|twice|once)\b", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NumberWord();

    [GeneratedRegex(@"\b[A-Z][a-zA-Z]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Capital();

    [GeneratedRegex(@"\b(because|due to|since|so that|in order|as a result|caused?)\b", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reason();
}
