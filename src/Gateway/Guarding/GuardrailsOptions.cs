using GenAI.Guardrails;
using GenAI.Guardrails.Control;
using GenAI.Guardrails.DenyList;
using GenAI.Guardrails.Pii;

namespace GenAI.Gateway.Guarding;

/// <summary>Section <c>Guardrails</c>: the rails' own options, and how far the word of each goes.</summary>
internal sealed class GuardrailsOptions
{
    public const string Section = "Guardrails";

    public PiiOptions Pii { get; set; } = new();

    public ControlOptions Control { get; set; } = new();

    public DenyListOptions DenyList { get; set; } = new();

    public RailMode PiiMode { get; set; } = RailMode.Enforce;

    public RailMode ControlMode { get; set; } = RailMode.Enforce;

    public RailMode DenyListMode { get; set; } = RailMode.Enforce;
}
