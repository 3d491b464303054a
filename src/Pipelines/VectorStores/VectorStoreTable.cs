using Dapper;
using GenAI.Pipelines.Storage;

namespace GenAI.Pipelines.VectorStores;

/// <summary>Reads and writes rows of vector stores. Safe for concurrent use.</summary>
internal sealed class VectorStoreTable(Database database)
{
    public VectorStore? Find(string id) => Complete(database.Read(connection =>
        connection.Query<VectorStoreRow>("SELECT * FROM vector_stores WHERE id = @id", new { id }).ToList())).SingleOrDefault();

    public IReadOnlyList<VectorStore> All() => Complete(database.Read(connection =>
        connection.Query<VectorStoreRow>("SELECT * FROM vector_stores ORDER BY id").ToList()));

    public Page<VectorStore> List(PageRequest page)
    {
        var rows = page.Cut(database.Read(connection => connection.Query<VectorStoreRow>(
            $"SELECT * FROM vector_stores WHERE 1 = 1{page.Sql("id")}", new { page.After, page.Before, page.Fetch })));
        return new Page<VectorStore>(Complete(rows.Items), rows.HasMore);
    }

    public void Insert(VectorStoreRow row) => database.Write((connection, transaction) => connection.Execute(
        """
        INSERT INTO vector_stores (id, collection_id, name, metadata, expires_after_days, created_at, last_active_at, model_fingerprint)
        VALUES (@Id, @CollectionId, @Name, @Metadata, @ExpiresAfterDays, @CreatedAt, @LastActiveAt, @ModelFingerprint)
        """,
        row,
        transaction));

    public void Update(string id, string name, string metadata, long? expiresAfterDays, long lastActiveAt) => database.Write((connection, transaction) => connection.Execute(
        "UPDATE vector_stores SET name = @name, metadata = @metadata, expires_after_days = @expiresAfterDays, last_active_at = @lastActiveAt WHERE id = @id",
        new { id, name, metadata, expiresAfterDays, lastActiveAt },
        transaction));

    public void Touch(string id, long lastActiveAt) => database.Write((connection, transaction) => connection.Execute(
        "UPDATE vector_stores SET last_active_at = @lastActiveAt WHERE id = @id", new { id, lastActiveAt }, transaction));

    /// <summary>The fingerprint of the model that a store's vectors are of; empty while it is not known.</summary>
    public string FingerprintOf(string id) => database.Read(connection => connection.QuerySingleOrDefault<string>(
        "SELECT model_fingerprint FROM vector_stores WHERE id = @id", new { id })) ?? "";

    /// <summary>Gives a store a collection, and notes whose vectors it has.</summary>
    /// <returns>False when there is no such store any more.</returns>
    public bool PointTo(string id, string collectionId, string modelFingerprint) => database.Write((connection, transaction) => connection.Execute(
        "UPDATE vector_stores SET collection_id = @collectionId, model_fingerprint = @modelFingerprint WHERE id = @id",
        new { id, collectionId, modelFingerprint },
        transaction)) > 0;

    public bool Delete(string id) => database.Write((connection, transaction) => connection.Execute(
        "DELETE FROM vector_stores WHERE id = @id", new { id }, transaction)) > 0;

    private List<VectorStore> Complete(IReadOnlyList<VectorStoreRow> rows)
    {
        var ids = rows.Select(row => row.Id).ToList();
        var counts = database.Read(connection => connection.Query<FileStateCount>(
                """
                SELECT f.store_id AS owner, j.state AS state, COUNT(*) AS files, SUM(f.usage_bytes) AS usage_bytes
                FROM vector_store_files f JOIN jobs j ON j.id = f.job_id
                WHERE f.store_id IN @ids GROUP BY f.store_id, j.state
                """,
                new { ids }))
            .ToLookup(count => count.Owner, StringComparer.Ordinal);
        return [.. rows.Select(row => row.ToStore(FileStateCount.Fold(counts[row.Id]), counts[row.Id].Sum(count => count.UsageBytes)))];
    }
}
