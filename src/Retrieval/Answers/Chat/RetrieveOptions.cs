using GenAI.Retrieval.Answers.Generated;

namespace GenAI.Retrieval.Answers.Chat;

/// <summary>How answers over documents are made.</summary>
public sealed class RetrieveOptions
{
    /// <summary>Policy by model name, "*" for every other model; null leaves the measured defaults.</summary>
    public IReadOnlyDictionary<string, string>? Policies { get; init; }

    public GeneratedOptions Generated { get; init; } = new();
}
