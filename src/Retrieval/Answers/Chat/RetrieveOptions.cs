using GenAI.Retrieval.Answers.Generated;

namespace GenAI.Retrieval.Answers.Chat;

/// <summary>How answers over documents are made.</summary>
public sealed class RetrieveOptions
{
    /// <summary>Policy by model name, "*" for every other model; null leaves the measured defaults.</summary>
    public IReadOnlyDictionary<string, string>? Policies { get; init; }

    public GeneratedOptions Generated { get; init; } = new();

    /// <summary>Measures a model by its name; null where only the model's own server can, and then characters alone count.</summary>
    public Func<string?, ContextMeter?> Meter { get; init; } = static _ => null;
}
