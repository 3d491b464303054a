namespace GenAI.Generation.Templates.Jinja;

/// <summary>Bounds on parsing and rendering: a template comes with a model file and is as untrusted as that file.</summary>
public sealed record JinjaLimits
{
    public static JinjaLimits Default { get; } = new();

    /// <summary>Characters of the template's source.</summary>
    public int MaxSourceChars { get; init; } = 1 << 20;

    /// <summary>Work units: one per evaluated node, per element touched in a list, and per 64 characters of text made.</summary>
    public long MaxSteps { get; init; } = 20_000_000;

    /// <summary>Characters of the output and of every text made on the way.</summary>
    public int MaxTextChars { get; init; } = 32 << 20;

    /// <summary>Nesting of syntax, of calls and of values.</summary>
    public int MaxDepth { get; init; } = 200;
}
