using System.Text;

namespace GenAI.Retrieval.Answers.Extractive;

/// <summary>Writes chosen units as an answer with its citations.</summary>
internal static class ExtractWriter
{
    /// <summary>Units of one document in reading order, documents in the order in which they were chosen.</summary>
    public static Answer Write(List<Candidate> chosen, string policy)
    {
        var documents = chosen.Select(unit => unit.Evidence.DocumentId).Distinct(StringComparer.Ordinal).ToList();
        var text = new StringBuilder();
        var citations = new List<AnswerCitation>();
        foreach (var unit in chosen.OrderBy(unit => documents.IndexOf(unit.Evidence.DocumentId)).ThenBy(unit => unit.DocumentStart))
        {
            if (text.Length > 0)
            {
                text.Append(EndsLikeSentence(text) ? ' ' : '\n');
            }

            var start = text.Length;
            text.Append(OneLine(unit.Text));
            citations.Add(new AnswerCitation(
                unit.Evidence.DocumentId, unit.Evidence.FileName, unit.Text, unit.DocumentStart, unit.Evidence.Page, start, text.Length)
            {
                PassageStart = unit.Evidence.Start,
                PassageEnd = unit.Evidence.Start + unit.Evidence.Text.Length,
            });
        }

        return new Answer(text.ToString(), citations, policy, Abstained: false);
    }

    /// <summary>Line ends and columns of the source are no part of the sentence; the quote keeps them.</summary>
    private static string OneLine(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static bool EndsLikeSentence(StringBuilder text) => text[^1] is '.' or '!' or '?' or '"' or '”' or ')' or '。';
}
