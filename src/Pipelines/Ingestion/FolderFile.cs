namespace GenAI.Pipelines.Ingestion;

/// <summary>A file found in a folder.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="RelativePath">Path below the folder, with '/' on every system.</param>
public sealed record FolderFile(string Path, string RelativePath);
