namespace GenAI.Pipelines.Ingestion;

/// <summary>What a walk through a folder found.</summary>
/// <param name="Problems">Sentences on folders and files that could not be read; while there are any, nothing is taken as gone.</param>
public sealed record FolderScan(IReadOnlyList<FolderFile> Files, IReadOnlyList<string> Problems);
