namespace GenAI.Guardrails.DenyList;

/// <summary>What must not be asked or said.</summary>
public sealed class DenyListOptions
{
    /// <summary>Words and phrases; case, spacing, look-alike letters and invisible characters make no difference. Whole words only.</summary>
    public IReadOnlyList<string> Phrases { get; init; } = [];

    /// <summary>
    /// Regular expressions without look-around and back references (they run in time linear in the text), matched
    /// without case on the canonical text. A match of more than <see cref="DenyListScan.MaxMatch"/> characters counts no more.
    /// </summary>
    public IReadOnlyList<string> Patterns { get; init; } = [];

    /// <summary>Shown to the caller in place of what was blocked.</summary>
    public string Sentence { get; init; } = "This cannot be answered here because it touches a topic that the operator has closed.";
}
