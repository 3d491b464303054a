using Dapper;
using GenAI.Pipelines.Storage;
using Microsoft.Data.Sqlite;

namespace GenAI.Pipelines.VectorStores;

/// <summary>Reads and writes the rows that put files into vector stores. Safe for concurrent use.</summary>
internal sealed class VectorStoreFileTable(Database database)
{
    public VectorStoreFileRow? Find(string storeId, string fileId) => database.Read(connection => connection.QuerySingleOrDefault<VectorStoreFileRow>(
        "SELECT * FROM vector_store_files WHERE store_id = @storeId AND file_id = @fileId", new { storeId, fileId }));

    public IReadOnlyList<VectorStoreFileRow> OfStore(string storeId) => database.Read(connection => connection.Query<VectorStoreFileRow>(
        "SELECT * FROM vector_store_files WHERE store_id = @storeId ORDER BY position", new { storeId }).ToList());

    /// <summary>The file that a job brings in; null when it is none's, or no longer.</summary>
    public VectorStoreFileRow? OfJob(string jobId) => database.Read(connection => connection.QuerySingleOrDefault<VectorStoreFileRow>(
        "SELECT * FROM vector_store_files WHERE job_id = @jobId", new { jobId }));

    /// <summary>The stores that hold a file.</summary>
    public IReadOnlyList<string> StoresOf(string fileId) => database.Read(connection => connection
        .Query<string>("SELECT store_id FROM vector_store_files WHERE file_id = @fileId", new { fileId }).ToList());

    /// <summary>Files of a store that came from a synchronised folder.</summary>
    public IReadOnlyList<VectorStoreFileRow> FromFolder(string storeId) => database.Read(connection => connection.Query<VectorStoreFileRow>(
        "SELECT * FROM vector_store_files WHERE store_id = @storeId AND source IS NOT NULL", new { storeId }).ToList());

    /// <summary>A page of a store's files, or of a batch's, in the states given (all when empty).</summary>
    public Page<VectorStoreFileRow> List(string storeId, string? batchId, IReadOnlyList<string> states, PageRequest page)
    {
        var cursors = page with { After = Position(storeId, page.After, "after"), Before = Position(storeId, page.Before, "before") };
        var batch = batchId is null ? "" : " AND EXISTS (SELECT 1 FROM file_batch_files b WHERE b.batch_id = @batchId AND b.file_id = f.file_id)";
        var state = states.Count == 0 ? "" : " AND j.state IN @states";
        return page.Cut(database.Read(connection => connection.Query<VectorStoreFileRow>(
            $"SELECT f.* FROM vector_store_files f JOIN jobs j ON j.id = f.job_id WHERE f.store_id = @storeId{batch}{state}{cursors.Sql("f.position")}",
            new { storeId, batchId, states, cursors.After, cursors.Before, page.Fetch })));
    }

    /// <summary>Adds a file to a store, or puts a new job behind the one that is there.</summary>
    public static void Put(SqliteConnection connection, SqliteTransaction transaction, VectorStoreFileRow row) => connection.Execute(
        """
        INSERT INTO vector_store_files
            (store_id, file_id, position, job_id, attributes, max_chunk_tokens, overlap_tokens, usage_bytes, source, created_at)
        VALUES (@StoreId, @FileId, @Position, @JobId, @Attributes, @MaxChunkTokens, @OverlapTokens, 0, @Source, @CreatedAt)
        ON CONFLICT (store_id, file_id) DO UPDATE SET
            job_id = excluded.job_id, attributes = excluded.attributes, max_chunk_tokens = excluded.max_chunk_tokens,
            overlap_tokens = excluded.overlap_tokens, source = excluded.source
        """,
        row,
        transaction);

    public void SetAttributes(string storeId, string fileId, string attributes) => database.Write((connection, transaction) => connection.Execute(
        "UPDATE vector_store_files SET attributes = @attributes WHERE store_id = @storeId AND file_id = @fileId",
        new { storeId, fileId, attributes },
        transaction));

    public void SetUsage(string storeId, string fileId, long usageBytes) => database.Write((connection, transaction) => connection.Execute(
        "UPDATE vector_store_files SET usage_bytes = @usageBytes WHERE store_id = @storeId AND file_id = @fileId",
        new { storeId, fileId, usageBytes },
        transaction));

    public bool Delete(string storeId, string fileId) => database.Write((connection, transaction) => connection.Execute(
        "DELETE FROM vector_store_files WHERE store_id = @storeId AND file_id = @fileId", new { storeId, fileId }, transaction)) > 0;

    private string? Position(string storeId, string? fileId, string parameter) => fileId is null
        ? null
        : Find(storeId, fileId)?.Position ?? throw VectorStoreException.Invalid($"'{parameter}' names '{fileId}', which is not in this vector store.", parameter);
}
