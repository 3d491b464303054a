namespace GenAI.Generation.Tests.Templates;

/// <summary>Every template of a group is rendered with every case of it.</summary>
internal sealed record ReferenceGroup(IReadOnlyList<ReferenceTemplate> Templates, IReadOnlyList<ReferenceCase> Cases);
