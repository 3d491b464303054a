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

    public UnitWeights Weights => embedder is null ? UnitWeights.WordsOnly : UnitWeights.WithEmbedder;

    /// <summary>Units, best first.</summary>
    public async Task<List<ScoredUnit>> RankAsync(string question, IReadOnlyList<Evidence> evidence, CancellationToken cancellationToken)
    {
        question = QuestionFocus.Of(question);
        var profile = new QuestionProfile(question);
        var units = Rank(profile, evidence);
        if (embedder is null || units.Count == 0)
        {
            return units;
        }

        var shortlist = units.Take(options.MaxEmbedded).ToList();
        var inputs = shortlist.Select(unit => unit.MeaningText).Prepend(options.QueryPrefix + question);
        var vectors = await embedder.GenerateAsync(inputs, cancellationToken: cancellationToken);
        return [.. shortlist
            .Select((unit, index) => WithCosine(unit, TensorPrimitives.CosineSimilarity(vectors[0].Vector.Span, vectors[index + 1].Vector.Span)))
            .OrderByDescending(unit => unit.Score)];
    }

    private static List<ScoredUnit> Rank(QuestionProfile profile, IReadOnlyList<Evidence> evidence)
    {
        var candidates = evidence
            .SelectMany((passage, rank) => TextUnits.Split(passage.Text).Select((unit, order) => new Candidate(passage, rank, order, unit)))
            .Take(MaxUnits)
            .ToList();
        var rarity = new TermRarity(candidates, profile.Terms);
        var passages = candidates
            .GroupBy(candidate => candidate.Passage)
            .ToDictionary(group => group.Key, group => PassageTerms(group, profile));
        return [.. candidates
            .Select((candidate, index) => (Candidate: candidate, Before: Before(candidates, index)))
            .Where(unit => unit.Candidate.CanAnswer && profile.Codes.Allow(unit.Candidate, unit.Before))
            .Select(unit => Score(unit.Candidate, unit.Before, profile, rarity, passages[unit.Candidate.Passage]))
            .OrderByDescending(unit => unit.Score)];
    }

    private static ScoredUnit Score(Candidate candidate, Candidate? before, QuestionProfile profile, TermRarity rarity, HashSet<string> passageTerms)
    {
        var overlap = rarity.Share(profile.Terms, candidate.Terms.Contains);
        var features = new UnitFeatures(
            0,
            overlap,
            profile.Pairs.Count == 0 ? 0 : (double)profile.Pairs.Count(candidate.Pairs.Contains) / profile.Pairs.Count,
            before is null ? 0 : rarity.Share(profile.Terms, term => candidate.Terms.Contains(term) || before.Terms.Contains(term)) - overlap,
            rarity.Share(profile.Terms, passageTerms.Contains),
            AnswerCues.Holds(profile.Type, candidate.Text, profile) ? profile.Type : null,
            profile.Codes.IsIn(candidate.Text),
            Pronoun().IsMatch(candidate.Text));
        return new ScoredUnit(candidate, before, features, UnitWeights.WordsOnly.Score(features));
    }

    private static ScoredUnit WithCosine(ScoredUnit unit, double cosine)
    {
        var features = unit.Features with { Cosine = cosine };
        return unit with { Features = features, Score = UnitWeights.WithEmbedder.Score(features) };
    }

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
