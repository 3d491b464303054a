using GenAI.Retrieval.Filters;

namespace GenAI.Gateway.Chat;

/// <summary>The documents a request wants its answer from.</summary>
/// <param name="VectorStoreIds">Empty when only the alias or the model decides.</param>
/// <param name="Filter">Condition on attributes.</param>
/// <param name="Top">Passages to consider; null leaves it to the policy.</param>
/// <param name="AnswerPolicy">Overrides the model's policy.</param>
internal sealed record DocumentRequest(IReadOnlyList<string> VectorStoreIds, Filter? Filter, int? Top, string? AnswerPolicy);
