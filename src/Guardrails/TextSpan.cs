namespace GenAI.Guardrails;

/// <summary>A half-open range of UTF-16 units.</summary>
public readonly record struct TextSpan(int Start, int End);
