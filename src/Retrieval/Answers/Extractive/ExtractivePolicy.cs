using System.Text;
using Microsoft.Extensions.AI;

namespace GenAI.Retrieval.Answers.Extractive;

/// <summary>
/// Answers with the best supported sentences, word for word, each cited; says so when the sources are silent.
/// Works with an embedder or by words alone. Safe for concurrent use.
/// </summary>
public sealed class ExtractivePolicy : IAnswerPolicy
{
    private readonly ExtractiveOptions _options;
    private readonly UnitScorer _scorer;

    public ExtractivePolicy(IEmbeddingGenerator<string, Embedding<float>>? embedder = null, ExtractiveOptions? options = null)
    {
        _options = options ?? new ExtractiveOptions();
        _scorer = new UnitScorer(embedder, _options.QueryPrefix);
    }

    public string Name => AnswerPolicyNames.Extractive;

    public async Task<Answer> AnswerAsync(string question, IReadOnlyList<Evidence> evidence, CancellationToken cancellationToken)
    {
        var units = await _scorer.RankAsync(question, evidence, cancellationToken);
        if (units.Count == 0 || _scorer.Weights.Answerable(units[0].Features) < _options.AnswerableThreshold)
        {
            return AnswerText.Abstain(Name, units.Count == 0);
        }

        return Write(Choose(units), Name);
    }

    /// <summary>The best unit and those near it; the same words are not said twice.</summary>
    private List<Candidate> Choose(List<ScoredUnit> units)
    {
        var chosen = new List<Candidate>();
        foreach (var unit in units)
        {
            if (chosen.Count == _options.MaxSentences || units[0].Score - unit.Score > _options.Margin)
            {
                break;
            }

            if (!chosen.Exists(other => IsSame(other, unit.Candidate)))
            {
                chosen.Add(unit.Candidate);
            }
        }

        return chosen;
    }

    private static bool IsSame(Candidate one, Candidate other) =>
        string.Equals(one.Text, other.Text, StringComparison.Ordinal)
        || (string.Equals(one.Evidence.DocumentId, other.Evidence.DocumentId, StringComparison.Ordinal)
            && one.DocumentStart < other.DocumentStart + other.Text.Length
            && other.DocumentStart < one.DocumentStart + one.Text.Length);

    /// <summary>Units of one document in reading order, documents in the order in which they were chosen.</summary>
    internal static Answer Write(List<Candidate> chosen, string policy)
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
            text.Append(unit.Text);
            citations.Add(new AnswerCitation(
                unit.Evidence.DocumentId, unit.Evidence.FileName, unit.Text, unit.DocumentStart, unit.Evidence.Page, start, text.Length)
            {
                PassageStart = unit.Evidence.Start,
                PassageEnd = unit.Evidence.Start + unit.Evidence.Text.Length,
            });
        }

        return new Answer(text.ToString(), citations, policy, Abstained: false);
    }

    private static bool EndsLikeSentence(StringBuilder text) => text[^1] is '.' or '!' or '?' or '"' or '”' or ')' or '。';
}
