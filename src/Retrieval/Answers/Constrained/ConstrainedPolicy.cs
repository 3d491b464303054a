using GenAI.Retrieval.Answers.Extractive;
using Microsoft.Extensions.AI;

namespace GenAI.Retrieval.Answers.Constrained;

/// <summary>
/// Lets the chat model choose among sentences of the evidence and never write: where the extract's score is in doubt, the
/// model says how likely the question is after each candidate (query likelihood, Ponte and Croft 1998), and the two are
/// added. The answer can only be the evidence's own words. Safe for concurrent use.
/// </summary>
/// <remarks>Where there is no doubt, or the sources are silent, the model is not asked and the answer says that it is an extract.</remarks>
public sealed class ConstrainedPolicy : IAnswerPolicy
{
    private readonly ConstrainedOptions _options;
    private readonly ICandidateScorer _reader;
    private readonly ExtractSelector _selector;
    private readonly UnitScorer _scorer;

    public ConstrainedPolicy(ICandidateScorer reader, IEmbeddingGenerator<string, Embedding<float>>? embedder = null, ConstrainedOptions? options = null)
    {
        _options = options ?? new ConstrainedOptions();
        _reader = reader;
        _selector = new ExtractSelector(_options.Extract);
        _scorer = new UnitScorer(embedder, _options.Extract);
    }

    public string Name => AnswerPolicyNames.Constrained;

    public async Task<Answer> AnswerAsync(string question, IReadOnlyList<Evidence> evidence, CancellationToken cancellationToken)
    {
        var units = await _scorer.RankAsync(question, evidence, cancellationToken);
        if (ExtractSelector.Abstains(units))
        {
            return AnswerText.Abstain(AnswerPolicyNames.Extractive, units.Count == 0);
        }

        var doubtful = units.Take(_options.MaxCandidates).Where(unit => units[0].Score - unit.Score <= _options.Doubt).ToList();
        return doubtful.Count == 1
            ? ExtractWriter.Write(_selector.Choose(units), question, AnswerPolicyNames.Extractive)
            : ExtractWriter.Write(_selector.Choose(await ReadAsync(question, doubtful, units, cancellationToken)), question, Name);
    }

    private async Task<List<ScoredUnit>> ReadAsync(string question, List<ScoredUnit> doubtful, List<ScoredUnit> units, CancellationToken cancellationToken)
    {
        var prompts = doubtful.Select(unit => new ScoringPrompt($"{unit.Candidate.Text}\nQuestion:", $" {question}")).ToList();
        var likelihoods = await _reader.ScoreAsync(prompts, cancellationToken);
        var best = likelihoods.Max();
        return [.. doubtful
            .Select((unit, index) => unit with { Score = unit.Score + (_options.LikelihoodWeight * (likelihoods[index] - best)) })
            .Concat(units.Skip(doubtful.Count))
            .OrderByDescending(unit => unit.Score)];
    }
}
