namespace GenAI.Guardrails.Control;

/// <summary>
/// Refuses texts that are too long and takes out characters that hide or reorder what stands there: C0 and C1 controls,
/// bidirectional overrides and isolates, Unicode tags, lone surrogates. Joiners and direction marks of living scripts
/// and of emoji stay.
/// </summary>
public sealed class ControlRail(ControlOptions options) : IRail
{
    public string Name => "control/1";

    public bool Covers(RailStage stage, TextProvenance provenance) => true;

    public IRailScan Open(RailStage stage, TextProvenance provenance) => new ControlScan(options, stage);
}
