namespace GenAI.Guardrails;

/// <summary>What one rail said of one text.</summary>
/// <param name="Rail">Name and version, such as <c>pii/1</c>.</param>
/// <param name="Stage">Where the text came from on its way.</param>
/// <param name="Action">What follows.</param>
/// <param name="Reason">Short machine-readable reason, such as <c>email</c>; empty when nothing was found.</param>
/// <param name="Spans">Places in the checked text.</param>
/// <param name="Duration">Time the check took.</param>
public sealed record RailVerdict(
    string Rail,
    RailStage Stage,
    RailAction Action,
    string Reason,
    IReadOnlyList<TextSpan> Spans,
    TimeSpan Duration);
