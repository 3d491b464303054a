using GenAI.Retrieval.Collections;

namespace GenAI.Pipelines.VectorStores;

/// <summary>Finds the collection behind a vector store.</summary>
internal static class StoreCollections
{
    /// <returns>Null when there is none.</returns>
    /// <exception cref="VectorStoreException">It is damaged (<see cref="VectorStoreFailure.Unavailable"/>).</exception>
    public static IDocumentCollection? Of(this ICollectionStore collections, VectorStore store) =>
        collections.TryGet(store.CollectionId, out var collection) ? collection
        : collections.Damaged.ContainsKey(store.CollectionId) ? throw new VectorStoreException(VectorStoreFailure.Unavailable, Sentence(store), "vector_store_id")
        : null;

    /// <summary>For callers: the damaged file's path is for the operator alone, in the log and the terminal.</summary>
    public static string Sentence(VectorStore store) =>
        $"The index of vector store '{store.Id}' ({store.Name}) is damaged and was not opened; the server's log names the file. Restore its folder from a backup, or delete the store and add its files again.";
}
