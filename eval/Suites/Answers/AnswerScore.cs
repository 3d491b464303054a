using GenAI.Eval.Client;
using GenAI.Eval.Datasets;
using GenAI.Eval.Metrics;

namespace GenAI.Eval.Suites.Answers;

/// <summary>Scores one answer.</summary>
internal static class AnswerScore
{
    /// <summary>
    /// exact, f1 and holds (the gold words, or the gold number, stand in the answer); citation_precision (share of the
    /// citations that lie in the gold document, and on a gold page where pages are known), citation_recall (one of them
    /// does), quotes_in_span (the cited span of the answer shares words with the quote), abstained, answer_ms.
    /// </summary>
    public static Dictionary<string, double> Of(Question question, ChatAnswer answer)
    {
        var right = answer.Citations.Count(citation => IsRight(question, citation));
        var values = new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["holds"] = Share(question.Answers.Any(gold => AnswerText.Holds(answer.Text, gold) || NumericHolds(question, answer, gold))),
            ["exact"] = Share(question.Answers.Any(gold => AnswerText.IsExact(answer.Text, gold))),
            ["f1"] = question.Answers.Select(gold => AnswerText.F1(answer.Text, gold)).DefaultIfEmpty().Max(),
            ["citation_recall"] = Share(right > 0),
            ["abstained"] = Share(AbstentionText.Abstains(answer)),
            ["answer_ms"] = answer.Milliseconds,
        };
        if (answer.Citations.Count > 0)
        {
            values["citation_precision"] = (double)right / answer.Citations.Count;
            values["quotes_in_span"] = answer.Citations.Average(citation => Share(SharesWords(answer.Text, citation)));
        }

        return values;
    }

    /// <summary>page@k: a gold page is among the pages of the first k passages found.</summary>
    public static void AddPages(Dictionary<string, double> values, Question question, IReadOnlyList<FoundPassage> found)
    {
        foreach (var depth in new[] { 5, 20 })
        {
            values[FormattableString.Invariant($"page@{depth}")] = Share(found.Take(depth).Any(passage =>
                passage.DocumentId == question.DocumentId && passage.Page is { } page && question.Pages.Contains(page)));
        }

        values["document@5"] = Share(found.Take(5).Any(passage => passage.DocumentId == question.DocumentId));
    }

    private static bool IsRight(Question question, Citation citation) =>
        citation.DocumentId == question.DocumentId
        && (question.Pages.Count == 0 || citation.Page is { } page && question.Pages.Contains(page));

    // Word-for-word gold answers decide for themselves; worded ones (a sentence about a filing) by their number.
    private static bool NumericHolds(Question question, ChatAnswer answer, string gold) =>
        question.Pages.Count > 0 && NumericAnswer.Holds(answer.Text, gold);

    private static bool SharesWords(string text, Citation citation)
    {
        var start = Math.Clamp(citation.StartIndex, 0, text.Length);
        var span = text[start..Math.Clamp(citation.EndIndex, start, text.Length)];
        return AnswerText.Words(span).Intersect(AnswerText.Words(citation.Quote), StringComparer.Ordinal).Any();
    }

    private static double Share(bool holds) => holds ? 1 : 0;
}
