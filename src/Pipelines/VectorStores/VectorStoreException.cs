namespace GenAI.Pipelines.VectorStores;

/// <summary>A request about vector stores that cannot be served; the message may be shown to the caller.</summary>
public sealed class VectorStoreException(VectorStoreFailure failure, string message, string? parameter = null) : Exception(message)
{
    public VectorStoreFailure Failure { get; } = failure;

    /// <summary>The request's field at fault, where there is one.</summary>
    public string? Parameter { get; } = parameter;

    internal static VectorStoreException NoStore(string id) => new(
        VectorStoreFailure.NotFound, $"No vector store found with id '{id}'. List them with GET /v1/vector_stores.", "vector_store_id");

    internal static VectorStoreException NoFile(string fileId) => new(
        VectorStoreFailure.NotFound, $"No file found with id '{fileId}'. Upload it first with POST /v1/files.", "file_id");

    internal static VectorStoreException NotInStore(string fileId, string storeId) => new(
        VectorStoreFailure.NotFound, $"No file found with id '{fileId}' in vector store '{storeId}'.", "file_id");

    internal static VectorStoreException NoBatch(string batchId, string storeId) => new(
        VectorStoreFailure.NotFound, $"No file batch found with id '{batchId}' in vector store '{storeId}'.", "batch_id");

    internal static VectorStoreException Invalid(string message, string parameter) => new(VectorStoreFailure.Invalid, message, parameter);
}
