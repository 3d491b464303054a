using GenAI.Retrieval.Answers.Text;

namespace GenAI.Retrieval.Answers.Generated;

/// <summary>Finds for each sentence of a free answer the unit of the evidence that supports it best; none when none does.</summary>
internal static class CitationFinder
{
    public static List<AnswerCitation> Find(string answer, IReadOnlyList<Evidence> evidence)
    {
        var quotes = evidence
            .SelectMany(passage => TextUnits.Split(passage.Text).Where(unit => unit.CanAnswer).Select(unit => (Passage: passage, Unit: unit, Text: passage.Text[unit.Start..unit.End])))
            .ToList();
        var citations = new List<AnswerCitation>();
        foreach (var sentence in TextUnits.Split(answer))
        {
            var text = answer[sentence.Start..sentence.End];
            var best = quotes
                .Select(quote => (Quote: quote, Coverage: SupportCheck.Coverage(text, quote.Text)))
                .DefaultIfEmpty()
                .MaxBy(candidate => candidate.Coverage);
            if (best.Coverage >= SupportCheck.MinCoverage)
            {
                citations.Add(Cite(best.Quote.Passage, best.Quote.Unit, sentence));
            }
        }

        return citations;
    }

    private static AnswerCitation Cite(Evidence passage, TextUnit quote, TextUnit sentence) =>
        new(
            passage.DocumentId,
            passage.FileName,
            passage.Text[quote.Start..quote.End],
            passage.Start + quote.Start,
            passage.Page,
            sentence.Start,
            sentence.End)
        {
            PassageStart = passage.Start,
            PassageEnd = passage.Start + passage.Text.Length,
        };
}
