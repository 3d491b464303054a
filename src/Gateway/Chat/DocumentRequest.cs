using System.Text.Json;

namespace GenAI.Gateway.Chat;

/// <summary>The documents a request wants its answer from.</summary>
/// <param name="VectorStoreIds">Empty when only the alias or the model decides.</param>
/// <param name="Filter">Condition on attributes in OpenAI's form.</param>
/// <param name="Top">Passages to consider; null leaves it to the policy.</param>
/// <param name="AnswerPolicy">Overrides the model's policy.</param>
internal sealed record DocumentRequest(IReadOnlyList<string> VectorStoreIds, JsonElement? Filter, int? Top, string? AnswerPolicy);
