namespace GenAI.Generation.Templates;

/// <summary>What a template needs to know of its model besides its own source.</summary>
public sealed record ChatTemplateOptions
{
    /// <summary>Text of the token that begins a prompt; empty when the model has none.</summary>
    public string BosToken { get; init; } = "";

    /// <summary>Text of the token that ends a turn; empty when the model has none.</summary>
    public string EosToken { get; init; } = "";

    /// <summary>The clock that templates with a date in their system prompt read.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
