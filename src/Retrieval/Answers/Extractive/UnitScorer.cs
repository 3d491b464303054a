using System.Numerics.Tensors;
using System.Text.RegularExpressions;
using GenAI.Retrieval.Answers.Text;
using GenAI.Retrieval.Naming;
using Microsoft.Extensions.AI;

namespace GenAI.Retrieval.Answers.Extractive;

/// <summary>Ranks the units of the evidence by how well they answer a question. Safe for concurrent use.</summary>
internal sealed partial class UnitScorer(IEmbeddingGenerator<string, Embedding<float>>? embedder, ExtractiveOptions options)
{
    /// <summary>Bounds the work on huge passages.</summary>
    private const int MaxUnits = 2000;

    private UnitWeights Sentences => embedder is null ? UnitWeights.WordsOnly : UnitWeights.WithEmbedder;

    private RowWeights Rows => embedder is null ? RowWeights.WordsOnly : RowWeights.WithEmbedder;

    /// <summary>
    /// Units, best first, all of one kind: rows of tables when one of them answers, else sentences. A row that answers
    /// says in its name what is asked for; measured, no sentence beside it answered better.
    /// </summary>
    public async Task<List<ScoredUnit>> RankAsync(string question, IReadOnlyList<Evidence> evidence, CancellationToken cancellationToken)
    {
        var (sentences, rows) = await RankKindsAsync(question, evidence, cancellationToken);
        return sentences.Count == 0 || (rows.Count > 0 && rows[0].Odds >= 0) ? rows : sentences;
    }

    /// <summary>Sentences and rows of tables, each best first.</summary>
    public async Task<(List<ScoredUnit> Sentences, List<ScoredUnit> Rows)> RankKindsAsync(
        string question, IReadOnlyList<Evidence> evidence, CancellationToken cancellationToken)
    {
        question = QuestionFocus.Of(question);
        var (sentences, rows) = Rank(new QuestionProfile(question), evidence);
        if (embedder is not null && sentences.Count + rows.Count > 0)
        {
            var shortlist = sentences.Take(options.MaxEmbedded).Concat(rows.Take(options.MaxEmbeddedRows)).ToList();
            var inputs = shortlist.Select(unit => unit.MeaningText).Prepend(options.QueryPrefix + question);
            var vectors = await embedder.GenerateAsync(inputs, cancellationToken: cancellationToken);
            var read = shortlist.Select((unit, index) =>
                WithCosine(unit, TensorPrimitives.CosineSimilarity(vectors[0].Vector.Span, vectors[index + 1].Vector.Span))).ToLookup(unit => unit.Candidate.Row is null);
            return (Best(read[true]), Best(read[false]));
        }

        return (sentences, rows);
    }

    private (List<ScoredUnit> Sentences, List<ScoredUnit> Rows) Rank(QuestionProfile profile, IReadOnlyList<Evidence> evidence)
    {
        var candidates = evidence
            .SelectMany((passage, rank) => TextUnits.Split(passage.Text).Select((unit, order) => new Candidate(passage, rank, order, unit)))
            .Take(MaxUnits)
            .ToList();
        var rarity = new TermRarity(candidates, profile.Terms);
        var documents = new DocumentNames(profile);
        var rowScorer = new RowScorer(profile, rarity, documents);
        var passages = candidates
            .GroupBy(candidate => candidate.Passage)
            .ToDictionary(group => group.Key, group => PassageTerms(group, profile));
        var units = candidates
            .Select((candidate, index) => (Candidate: candidate, Before: Before(candidates, index)))
            .Where(unit => unit.Candidate.CanAnswer && profile.Codes.Allow(unit.Candidate, unit.Before))
            .Select(unit => unit.Candidate.Row is { } row
                ? Weigh(new ScoredUnit(unit.Candidate, unit.Before, 0, 0), rowScorer.Features(unit.Candidate.Evidence, row), RowWeights.WordsOnly)
                : Weigh(
                    new ScoredUnit(unit.Candidate, unit.Before, 0, 0),
                    Features(unit.Candidate, unit.Before, profile, rarity, passages[unit.Candidate.Passage], documents),
                    UnitWeights.WordsOnly))
            .ToLookup(unit => unit.Candidate.Row is null);
        return (Best(units[true]), Best(units[false]));
    }

    private static List<ScoredUnit> Best(IEnumerable<ScoredUnit> units) => [.. units.OrderByDescending(unit => unit.Score)];

    private static UnitFeatures Features(Candidate candidate, Candidate? before, QuestionProfile profile, TermRarity rarity, HashSet<string> passageTerms, DocumentNames documents)
    {
        var overlap = rarity.Share(profile.Terms, candidate.Terms.Contains);
        return new UnitFeatures(
            0,
            overlap,
            profile.Pairs.Count == 0 ? 0 : (double)profile.Pairs.Count(candidate.Pairs.Contains) / profile.Pairs.Count,
            before is null ? 0 : rarity.Share(profile.Terms, term => candidate.Terms.Contains(term) || before.Terms.Contains(term)) - overlap,
            rarity.Share(profile.Terms, passageTerms.Contains),
            AnswerCues.Holds(profile.Type, candidate.Text, profile) ? profile.Type : null,
            profile.Codes.IsIn(candidate.Text),
            Pronoun().IsMatch(candidate.Text))
        {
            Missing = documents.Missing(candidate.Evidence),
        };
    }

    private ScoredUnit WithCosine(ScoredUnit unit, double cosine) =>
        unit.Candidate.Row is null ? Weigh(unit, unit.Features with { Cosine = cosine }, Sentences) : Weigh(unit, unit.Row with { Cosine = cosine }, Rows);

    private ScoredUnit Weigh(ScoredUnit unit, UnitFeatures features, UnitWeights weights) =>
        unit with { Features = features, Score = weights.Score(features), Odds = weights.Answerable(features) - options.AnswerableThreshold };

    /// <summary>A row's score is its odds, on the scale that the margin between sentences has.</summary>
    private ScoredUnit Weigh(ScoredUnit unit, RowFeatures features, RowWeights weights) =>
        unit with { Row = features, Score = weights.Odds(features) * options.Margin / options.RowMargin, Odds = weights.Odds(features) - options.RowThreshold };

    private static Candidate? Before(List<Candidate> candidates, int index)
    {
        var isMember = candidates[index].IsMember;
        for (var before = index - 1; before >= 0 && candidates[before].Passage == candidates[index].Passage; before--)
        {
            if (!isMember || (candidates[before].Kind != candidates[index].Kind && candidates[before].Kind != UnitKind.Rule))
            {
                return candidates[before];
            }
        }

        return null;
    }

    private static HashSet<string> PassageTerms(IEnumerable<Candidate> passage, QuestionProfile profile)
    {
        var terms = new HashSet<string>(StringComparer.Ordinal);
        Evidence? evidence = null;
        foreach (var candidate in passage)
        {
            terms.UnionWith(candidate.Terms);
            evidence = candidate.Evidence;
        }

        foreach (var heading in evidence!.Headings)
        {
            terms.UnionWith(AnswerWords.Content(heading));
        }

        terms.UnionWith(new FileNameWords(evidence.FileName).In(profile.Words).Naming);
        return terms;
    }

    [GeneratedRegex(@"^(It|He|She|They|This|These|Those|Its|His|Her|Their)\b", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pronoun();
}
