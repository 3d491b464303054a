using Dapper;
using GenAI.Pipelines.Storage;
using Microsoft.Data.Sqlite;

namespace GenAI.Pipelines.VectorStores;

/// <summary>Reads and writes rows of file batches. Safe for concurrent use.</summary>
internal sealed class FileBatchTable(Database database)
{
    public FileBatch? Find(string storeId, string batchId) => database.Read(connection =>
    {
        var createdAt = connection.QuerySingleOrDefault<long?>(
            "SELECT created_at FROM file_batches WHERE id = @batchId AND store_id = @storeId", new { batchId, storeId });
        if (createdAt is null)
        {
            return null;
        }

        var counts = connection.Query<FileStateCount>(
            """
            SELECT b.batch_id AS owner, j.state AS state, COUNT(*) AS files, 0 AS usage_bytes
            FROM file_batch_files b JOIN jobs j ON j.id = b.job_id
            WHERE b.batch_id = @batchId GROUP BY b.batch_id, j.state
            """,
            new { batchId });
        return new FileBatch(batchId, storeId, DateTimeOffset.FromUnixTimeMilliseconds(createdAt.Value), FileStateCount.Fold(counts));
    });

    public IReadOnlyList<string> Jobs(string batchId) => database.Read(connection => connection
        .Query<string>("SELECT job_id FROM file_batch_files WHERE batch_id = @batchId", new { batchId }).ToList());

    public static void Insert(SqliteConnection connection, SqliteTransaction transaction, string batchId, string storeId, long createdAt) => connection.Execute(
        "INSERT INTO file_batches (id, store_id, created_at) VALUES (@batchId, @storeId, @createdAt)", new { batchId, storeId, createdAt }, transaction);

    public static void InsertFile(SqliteConnection connection, SqliteTransaction transaction, string batchId, string fileId, string jobId) => connection.Execute(
        "INSERT INTO file_batch_files (batch_id, file_id, job_id) VALUES (@batchId, @fileId, @jobId) ON CONFLICT (batch_id, file_id) DO NOTHING",
        new { batchId, fileId, jobId },
        transaction);
}
