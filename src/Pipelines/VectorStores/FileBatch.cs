namespace GenAI.Pipelines.VectorStores;

/// <summary>Files that were added to a vector store together.</summary>
/// <param name="Id">Starts with <c>vsfb_</c>.</param>
public sealed record FileBatch(string Id, string StoreId, DateTimeOffset CreatedAt, FileCounts FileCounts);
