namespace GenAI.Gateway.Embeddings;

/// <summary>A checked <c>/v1/embeddings</c> request. Exactly one of the inputs is set.</summary>
internal sealed record EmbeddingsRequest(string Model, IReadOnlyList<string>? Texts, IReadOnlyList<IReadOnlyList<int>>? Tokens)
{
    public bool Base64 { get; init; }

    public int? Dimensions { get; init; }

    /// <summary>True for search queries, which some models want marked.</summary>
    public bool IsQuery { get; init; }
}
