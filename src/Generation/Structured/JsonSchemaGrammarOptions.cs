namespace GenAI.Generation.Structured;

/// <summary>Choices where a schema leaves room that a model should not always be given, and bounds on schemas that strangers send.</summary>
public sealed record JsonSchemaGrammarOptions
{
    /// <summary>
    /// Whether an object that lists its properties and says nothing of others may have others. JSON Schema says yes; a model that is free to
    /// invent keys rarely stops, so the default is no. Every text the grammar then allows is still valid.
    /// </summary>
    public bool AllowUnlistedProperties { get; init; }

    /// <summary>
    /// Whether keywords that JSON Schema does not know are passed over, as its specification says, instead of refused. Keywords that it knows
    /// and that cannot be enforced are refused in any case.
    /// </summary>
    public bool IgnoreUnknownKeywords { get; init; }

    public int MaxDepth { get; init; } = 64;

    public int MaxRules { get; init; } = 4000;

    public int MaxGrammarChars { get; init; } = 1 << 20;
}
