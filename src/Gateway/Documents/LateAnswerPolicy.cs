using GenAI.Pipelines.Ingestion;
using GenAI.Retrieval.Answers;

namespace GenAI.Gateway.Documents;

/// <summary>A policy made at its first use, when it is known whether an embedding model helps it. Safe for concurrent use.</summary>
internal sealed class LateAnswerPolicy(string name, IEmbeddingModelSource models, Func<EmbeddingModel?, IAnswerPolicy> make) : IAnswerPolicy
{
    private IAnswerPolicy? _policy;

    public string Name => name;

    public async Task<Answer> AnswerAsync(string question, IReadOnlyList<Evidence> evidence, CancellationToken cancellationToken)
    {
        // Two first callers may both make one; they are alike.
        _policy ??= make(await models.GetAsync(cancellationToken));
        return await _policy.AnswerAsync(question, evidence, cancellationToken);
    }
}
