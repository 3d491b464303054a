namespace GenAI.Guardrails.Control;

/// <summary>Limits on a text's size and on characters that no reader sees.</summary>
public sealed class ControlOptions
{
    /// <summary>Most UTF-16 units of one message that comes in; more is blocked.</summary>
    public int MaxInputChars { get; init; } = 400_000;

    /// <summary>Most UTF-16 units of one answer; what is beyond is blocked.</summary>
    public int MaxOutputChars { get; init; } = 2_000_000;

    /// <summary>What happens to control, direction-override and tag characters: <see cref="RailAction.Mask"/> takes them out.</summary>
    public RailAction Characters { get; init; } = RailAction.Mask;
}
