using GenAI.Retrieval.Filters;
using Microsoft.Extensions.AI;

namespace GenAI.Retrieval.Answers;

/// <summary>A request's wish to be answered from documents; travels in <c>ChatOptions.AdditionalProperties</c>.</summary>
public sealed record RetrievalOptions
{
    /// <summary>Key under which the options stand in <c>ChatOptions.AdditionalProperties</c>.</summary>
    public const string PropertyName = "retrieval";

    /// <summary>Collections to look in.</summary>
    public required IReadOnlyList<string> VectorStoreIds { get; init; }

    public Filter? Filter { get; init; }

    /// <summary>Passages to answer from.</summary>
    public int Top { get; init; } = 8;

    /// <summary>A policy of <see cref="AnswerPolicyNames"/> in place of the model's default.</summary>
    public string? Policy { get; init; }

    /// <summary>Labels the caller holds; null means no label check.</summary>
    public IReadOnlySet<string>? Labels { get; init; }

    /// <summary>The options of a request, or null when it does not ask for documents.</summary>
    public static RetrievalOptions? Of(ChatOptions? options) =>
        options?.AdditionalProperties?.TryGetValue(PropertyName, out RetrievalOptions? retrieval) == true ? retrieval : null;
}
