namespace GenAI.Generation.Tests.Templates;

internal sealed record ReferenceTemplate(string Name, string Source);
