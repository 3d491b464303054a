namespace GenAI.Generation.Llama;

/// <summary>How texts are embedded.</summary>
public sealed class LlamaEmbeddingOptions
{
    /// <summary>Put before queries (never before passages), for models that were trained so.</summary>
    public string QueryPrefix { get; set; } = string.Empty;

    /// <summary>Threads that compute, each texts of its own.</summary>
    public int Threads { get; set; } = Math.Min(2, Environment.ProcessorCount);

    /// <summary>Tokens that a thread computes together; at least the model's context. More than a thousand gain little.</summary>
    public int BatchTokens { get; set; } = 512;

    /// <summary>Texts that a thread computes together.</summary>
    public int BatchTexts { get; set; } = 64;

    /// <summary>Calls that may wait; one more is refused as busy.</summary>
    public int MaxQueued { get; set; } = 256;

    /// <summary>The prefix that the named model's authors ask for, or empty where none is known.</summary>
    public static string KnownQueryPrefix(string modelName) =>
        modelName.Contains("bge-", StringComparison.OrdinalIgnoreCase) && modelName.Contains("-en", StringComparison.OrdinalIgnoreCase)
            ? "Represent this sentence for searching relevant passages: "
            : string.Empty;
}
