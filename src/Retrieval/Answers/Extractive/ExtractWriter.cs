using System.Text;

namespace GenAI.Retrieval.Answers.Extractive;

/// <summary>Writes chosen units as an answer with its citations.</summary>
internal static class ExtractWriter
{
    /// <summary>Units of one document in reading order, documents in the order in which they were chosen.</summary>
    public static Answer Write(List<Candidate> chosen, string question, string policy)
    {
        var profile = new QuestionProfile(question);
        var documents = chosen.Select(unit => unit.Evidence.DocumentId).Distinct(StringComparer.Ordinal).ToList();
        var text = new StringBuilder();
        var citations = new List<AnswerCitation>();
        foreach (var unit in chosen.OrderBy(unit => documents.IndexOf(unit.Evidence.DocumentId)).ThenBy(unit => unit.DocumentStart))
        {
            if (text.Length > 0)
            {
                text.Append(unit.Row is null && EndsLikeSentence(text) ? ' ' : '\n');
            }

            var start = text.Length;
            text.Append(unit.Row is { } row ? RowText.Write(row, profile) : OneLine(unit.Text));
            foreach (var (quoteStart, quoteEnd) in Quotes(unit))
            {
                if (!citations.Exists(other => other.DocumentId == unit.Evidence.DocumentId && other.QuoteStart == quoteStart))
                {
                    citations.Add(Cite(unit, quoteStart, quoteEnd, start, text.Length));
                }
            }
        }

        return new Answer(text.ToString(), citations, policy, Abstained: false);
    }

    /// <summary>Ranges of the document: the unit, and for a row what names its columns and its group.</summary>
    private static IEnumerable<(int Start, int End)> Quotes(Candidate unit)
    {
        if (unit.Row is not { } row)
        {
            yield return (unit.DocumentStart, unit.DocumentStart + unit.Text.Length);
            yield break;
        }

        yield return (unit.RowShift + row.Start, unit.RowShift + row.End);
        if (row.HeaderEnd > row.HeaderStart)
        {
            yield return (unit.RowShift + row.HeaderStart, unit.RowShift + row.HeaderEnd);
        }

        if (RowText.SaysGroup(row))
        {
            yield return (unit.RowShift + row.Group!.Start, unit.RowShift + row.Group.End);
        }
    }

    private static AnswerCitation Cite(Candidate unit, int quoteStart, int quoteEnd, int start, int end)
    {
        var evidence = unit.Evidence;
        var quote = evidence.DocumentText is { } document ? document[quoteStart..quoteEnd] : evidence.Text[(quoteStart - evidence.Start)..(quoteEnd - evidence.Start)];
        return new AnswerCitation(evidence.DocumentId, evidence.FileName, quote, quoteStart, evidence.Page, start, end)
        {
            PassageStart = Math.Min(evidence.Start, quoteStart),
            PassageEnd = evidence.Start + evidence.Text.Length,
        };
    }

    /// <summary>Line ends and columns of the source are no part of the sentence; the quote keeps them.</summary>
    private static string OneLine(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static bool EndsLikeSentence(StringBuilder text) => text[^1] is '.' or '!' or '?' or '"' or '”' or ')' or '。';
}
