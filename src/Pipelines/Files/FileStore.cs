using Dapper;
using GenAI.Pipelines.Storage;

namespace GenAI.Pipelines.Files;

/// <summary>Uploaded files: bytes on disk under <c>files/</c> in the data folder, rows in the database.</summary>
/// <remarks>Safe for concurrent use. When an upload's task completes, bytes and row survive the process being killed.</remarks>
public sealed class FileStore : IDisposable
{
    /// <summary>Largest upload, as at OpenAI.</summary>
    public const long MaxBytes = 512L * 1024 * 1024;

    private const string Live = "(expires_at IS NULL OR expires_at > @Now)";

    private readonly Database _database;
    private readonly BlobStore _blobs;
    private readonly SortableId _ids;
    private readonly TimeProvider _time;

    public FileStore(Database database, string dataFolder, TimeProvider time)
    {
        _database = database;
        _time = time;
        _ids = new SortableId(time);
        _blobs = new BlobStore(Path.Combine(dataFolder, "files"));
        _blobs.Sweep(_database.Read(connection => connection.Query<string>("SELECT content_hash FROM files")).ToHashSet(StringComparer.Ordinal));
    }

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Keeps an upload, reading the stream once and never whole into memory.</summary>
    /// <exception cref="FileTooLargeException">Longer than <see cref="MaxBytes"/>.</exception>
    public async Task<StoredFile> AddAsync(Stream content, FileUpload upload, CancellationToken cancellationToken)
    {
        using var staged = await StageAsync(content, cancellationToken);
        return await KeepAsync(staged, upload, cancellationToken);
    }

    /// <summary>Takes bytes whose name and purpose may still be on their way.</summary>
    /// <exception cref="FileTooLargeException">Longer than <see cref="MaxBytes"/>.</exception>
    public Task<StagedFile> StageAsync(Stream content, CancellationToken cancellationToken) =>
        _blobs.StageAsync(content, MaxBytes, cancellationToken);

    /// <summary>Makes a file of staged bytes.</summary>
    public async Task<StoredFile> KeepAsync(StagedFile staged, FileUpload upload, CancellationToken cancellationToken)
    {
        var now = Now;
        var row = new FileRow
        {
            Id = _ids.Next("file-"),
            Filename = upload.FileName,
            Bytes = staged.Bytes,
            ContentHash = staged.ContentHash,
            Purpose = upload.Purpose,
            CreatedAt = now,
            ExpiresAt = upload.ExpiresAfter is { } life ? now + (long)life.TotalMilliseconds : null,
        };
        return await _blobs.KeepAsync(staged, () => Insert(row), cancellationToken);
    }

    /// <summary>Gives a file new content under its old id, as a synchronised folder does with a changed file.</summary>
    /// <returns>The file as it is now, or null when the id is unknown.</returns>
    public async Task<StoredFile?> ReplaceAsync(string id, Stream content, CancellationToken cancellationToken)
    {
        if (Find(id) is not { } old)
        {
            return null;
        }

        using var staged = await StageAsync(content, cancellationToken);
        await _blobs.KeepAsync(
            staged,
            () => _database.Write((connection, transaction) => connection.Execute(
                "UPDATE files SET content_hash = @ContentHash, bytes = @Bytes WHERE id = @id",
                new { id, staged.ContentHash, staged.Bytes },
                transaction)),
            cancellationToken);
        await _blobs.RemoveAsync(old.ContentHash, () => !IsNamed(old.ContentHash), cancellationToken);
        return Find(id);
    }

    /// <summary>Finds a file; one whose time is over is not found.</summary>
    public StoredFile? Find(string id) => _database.Read(connection => connection
        .QuerySingleOrDefault<FileRow>($"SELECT * FROM files WHERE id = @id AND {Live}", new { id, Now })?.ToFile());

    public Page<StoredFile> List(string? purpose, PageRequest page)
    {
        var sql = $"SELECT * FROM files WHERE {Live}{(purpose is null ? "" : " AND purpose = @purpose")}{page.Sql("id")}";
        return page.Cut(_database.Read(connection => connection.Query<FileRow>(
            sql, new { Now, purpose, page.After, page.Before, page.Fetch })).Select(row => row.ToFile()));
    }

    /// <summary>Opens a file's bytes for reading.</summary>
    /// <exception cref="FileNotFoundException">The file was deleted, or its bytes were taken from under the data folder.</exception>
    public FileStream OpenRead(StoredFile file) => new(
        PathOf(file), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);

    /// <summary>Where a file's bytes lie, for parsers that open it themselves.</summary>
    public string PathOf(StoredFile file) => _blobs.PathOf(file.ContentHash);

    /// <summary>Ids of files whose time is over and that still take room.</summary>
    public IReadOnlyList<string> Expired() => _database.Read(connection => connection
        .Query<string>("SELECT id FROM files WHERE expires_at <= @Now", new { Now }).ToList());

    /// <summary>Removes a file that no vector store holds any more.</summary>
    /// <returns>False when the id is unknown.</returns>
    internal async Task<bool> DeleteAsync(string id, CancellationToken cancellationToken)
    {
        var hash = _database.Read(connection => connection.QuerySingleOrDefault<string>("SELECT content_hash FROM files WHERE id = @id", new { id }));
        if (hash is null)
        {
            return false;
        }

        var removed = 0;
        await _blobs.RemoveAsync(
            hash,
            () =>
            {
                removed = _database.Write((connection, transaction) => connection.Execute("DELETE FROM files WHERE id = @id", new { id }, transaction));
                return !IsNamed(hash);
            },
            cancellationToken);
        return removed > 0;
    }

    public void Dispose() => _blobs.Dispose();

    private StoredFile Insert(FileRow row)
    {
        _database.Write((connection, transaction) => connection.Execute(
            """
            INSERT INTO files (id, filename, bytes, content_hash, purpose, created_at, expires_at)
            VALUES (@Id, @Filename, @Bytes, @ContentHash, @Purpose, @CreatedAt, @ExpiresAt)
            """,
            row,
            transaction));
        return row.ToFile();
    }

    private bool IsNamed(string contentHash) => _database.Read(connection => connection
        .ExecuteScalar<long>("SELECT COUNT(*) FROM files WHERE content_hash = @contentHash", new { contentHash })) > 0;
}
