namespace GenAI.Pipelines.Files;

/// <summary>Bytes that are safe on disk under a temporary name and belong to nothing yet.</summary>
internal sealed record StagedBlob(string Path, string ContentHash, long Bytes);
