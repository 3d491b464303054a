namespace GenAI.Guardrails.Chat;

/// <summary>A range of the original text and what stands in its place.</summary>
internal readonly record struct TextEdit(int Start, int End, string Replacement);
