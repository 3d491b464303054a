namespace GenAI.Guardrails;

/// <summary>Ordered by severity: the strictest verdict decides.</summary>
public enum RailAction
{
    Pass,
    Mask,
    Block,
}
