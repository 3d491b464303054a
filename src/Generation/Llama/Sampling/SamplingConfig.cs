namespace GenAI.Generation.Llama.Sampling;

/// <summary>How the next token is chosen.</summary>
internal sealed record SamplingConfig
{
    /// <summary>0 or less takes the likeliest token.</summary>
    public float Temperature { get; init; } = 0.8f;

    /// <summary>Keep the K likeliest; 0 keeps all.</summary>
    public int TopK { get; init; } = 40;

    public float TopP { get; init; } = 0.95f;

    public float MinP { get; init; } = 0.05f;

    public float RepeatPenalty { get; init; } = 1;

    public float FrequencyPenalty { get; init; }

    public float PresencePenalty { get; init; }

    /// <summary>Tokens back that the repeat penalty looks at, the prompt's end included.</summary>
    public int RepeatWindow { get; init; } = 64;

    public IReadOnlyDictionary<int, double>? LogitBias { get; init; }

    public ulong Seed { get; init; }

    /// <summary>Whether the caller chose the seed and so expects the same text again.</summary>
    public bool IsSeeded { get; init; }

    public string? Grammar { get; init; }

    /// <summary>Alternatives to report per token; null when no log-probabilities are wanted.</summary>
    public int? TopLogProbs { get; init; }

    public bool ChangesLogits =>
        RepeatPenalty != 1 || FrequencyPenalty != 0 || PresencePenalty != 0 || LogitBias is { Count: > 0 };
}
