using GenAI.Retrieval.Answers.Tables;
using GenAI.Retrieval.Answers.Text;

namespace GenAI.Retrieval.Answers.Extractive;

/// <summary>Compares rows of tables with one question.</summary>
internal sealed class RowScorer(QuestionProfile question, TermRarity rarity, DocumentNames documents)
{
    public RowFeatures Features(Evidence evidence, TableRow row)
    {
        var naming = documents.Naming(evidence);
        var label = AnswerWords.Content(row.Label).ToHashSet(StringComparer.Ordinal);
        var context = new HashSet<string>(label, StringComparer.Ordinal);
        foreach (var text in row.Columns.Concat(row.Headers).Append(row.GroupName).Append(row.Caption).Concat(evidence.Headings))
        {
            context.UnionWith(AnswerWords.Content(text));
        }

        return new RowFeatures(
            0,
            label.Count == 0 ? 0 : (double)label.Count(term => question.Terms.Contains(term) && !naming.Contains(term)) / label.Count,
            rarity.Share(question.Terms, term => context.Contains(term) || naming.Contains(term) || documents.Written(evidence).Contains(term)),
            Period(row),
            documents.Missing(evidence));
    }

    private double Period(TableRow row)
    {
        var years = row.Columns.Concat(row.Headers).SelectMany(QuestionProfile.YearsOf).ToHashSet(StringComparer.Ordinal);
        return years.Count == 0 || question.Years.Count == 0 ? 0 : years.Overlaps(question.Years) ? 1 : -1;
    }
}
