using Microsoft.Extensions.AI;

namespace GenAI.Retrieval.Answers.Extractive;

/// <summary>
/// Answers with the best supported sentences, word for word, each cited; says so when the sources are silent.
/// Works with an embedder or by words alone. Safe for concurrent use.
/// </summary>
public sealed class ExtractivePolicy : IAnswerPolicy
{
    private readonly ExtractSelector _selector;
    private readonly UnitScorer _scorer;

    public ExtractivePolicy(IEmbeddingGenerator<string, Embedding<float>>? embedder = null, ExtractiveOptions? options = null)
    {
        options ??= new ExtractiveOptions();
        _selector = new ExtractSelector(options);
        _scorer = new UnitScorer(embedder, options);
    }

    public string Name => AnswerPolicyNames.Extractive;

    public async Task<Answer> AnswerAsync(string question, IReadOnlyList<Evidence> evidence, CancellationToken cancellationToken)
    {
        var units = await _scorer.RankAsync(question, evidence, cancellationToken);
        return ExtractSelector.Abstains(units)
            ? AnswerText.Abstain(Name, units.Count == 0)
            : ExtractWriter.Write(_selector.Choose(units), question, Name);
    }
}
