namespace GenAI.Gateway.Models;

/// <summary>What a client may know of a model; what the file does not say stays null.</summary>
/// <param name="Id">Name in requests.</param>
internal sealed record ModelInfo(string Id, ModelKind Kind)
{
    /// <summary>Capability of a model that thinks aloud before it answers.</summary>
    public const string Reasoning = "reasoning";

    public string OwnedBy { get; init; } = "local";

    public string? DisplayName { get; init; }

    public string? Description { get; init; }

    public DateTimeOffset Created { get; init; } = DateTimeOffset.UnixEpoch;

    public int? ContextTokens { get; init; }

    public long? SizeBytes { get; init; }

    public long? ParameterCount { get; init; }

    public string? Architecture { get; init; }

    public string? Quantisation { get; init; }

    /// <summary>Length of the vectors of an embedding model.</summary>
    public int? Dimensions { get; init; }

    /// <summary>Such as <c>tools</c> or <c>json_schema</c>.</summary>
    public IReadOnlyList<string> Capabilities { get; init; } = [];

    /// <summary>Name of the model behind an alias.</summary>
    public string? AliasOf { get; init; }

    /// <summary>Stores that an alias searches when a request names none.</summary>
    public IReadOnlyList<string> VectorStoreIds { get; init; } = [];

    /// <summary>Way of answering over documents when a request names none (see AnswerPolicyNames).</summary>
    public string? AnswerPolicy { get; init; }
}
