namespace GenAI.Pipelines.VectorStores;

/// <summary>What keeping a store in step with a folder set going.</summary>
/// <param name="Jobs">Ids of the jobs of new and changed files.</param>
/// <param name="Problems">Sentences on what could not be read.</param>
public sealed record FolderSyncResult(
    int Added, int Changed, int Unchanged, int Removed, IReadOnlyList<string> Jobs, IReadOnlyList<string> Problems);
