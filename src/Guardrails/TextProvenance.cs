namespace GenAI.Guardrails;

/// <summary>Who wrote a text; what an untrusted writer said never gains the rights of a trusted one.</summary>
public enum TextProvenance
{
    System,
    Developer,
    User,
    Retrieved,
    Tool,
    Model,
}
