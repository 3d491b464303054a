namespace GenAI.Generation.Tests.Templates;

/// <summary>What the reference implementation made of a case: a text, or an error.</summary>
internal sealed record ReferenceResult(string Template, string Case, string? Text, string? Error);
