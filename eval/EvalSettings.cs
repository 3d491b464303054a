namespace GenAI.Eval;

/// <summary>What one run was asked to do.</summary>
internal sealed record EvalSettings
{
    public required string Suite { get; init; }

    public required Uri BaseUrl { get; init; }

    public DirectoryInfo? Data { get; init; }

    public required FileInfo Output { get; init; }

    public FileInfo? Baseline { get; init; }

    public string? Model { get; init; }

    public string? Policy { get; init; }

    /// <summary>Questions of each set; null for all.</summary>
    public int? Limit { get; init; }

    public int Seed { get; init; } = 1;

    public IReadOnlyList<int> Clients { get; init; } = [1];

    public int MaxTokens { get; init; } = 64;

    /// <summary>Whether single answers are written, which hold text of the data set; a comparison needs them.</summary>
    public bool WithItems { get; init; } = true;

    /// <summary>From <c>OPENAI_API_KEY</c>, never from the command line, where every user of the machine could read it.</summary>
    public string? ApiKey { get; init; }
}
