using GenAI.Pipelines.Files;
using GenAI.Pipelines.Jobs;
using GenAI.Pipelines.Storage;
using GenAI.Retrieval.Collections;
using GenAI.Retrieval.Filters;
using Microsoft.Data.Sqlite;

namespace GenAI.Pipelines.VectorStores;

/// <summary>Files within vector stores: added, changed, read and removed. Safe for concurrent use.</summary>
/// <remarks>Every method throws <see cref="VectorStoreException"/> for an id that does not exist.</remarks>
public sealed class VectorStoreFileService
{
    /// <summary>SQLITE_CONSTRAINT_FOREIGNKEY.</summary>
    private const int ForeignKeyViolated = 787;

    private readonly VectorStoreTable _stores;
    private readonly VectorStoreFileTable _storeFiles;
    private readonly FileStore _files;
    private readonly JobStore _jobs;
    private readonly JobRunner _runner;
    private readonly ICollectionStore _collections;
    private readonly KeyedLocks _locks;
    private readonly SortableId _ids;
    private readonly TimeProvider _time;

    internal VectorStoreFileService(
        VectorStoreTable stores,
        VectorStoreFileTable storeFiles,
        FileStore files,
        JobStore jobs,
        JobRunner runner,
        ICollectionStore collections,
        KeyedLocks locks,
        TimeProvider time)
    {
        _stores = stores;
        _storeFiles = storeFiles;
        _files = files;
        _jobs = jobs;
        _runner = runner;
        _collections = collections;
        _locks = locks;
        _ids = new SortableId(time);
        _time = time;
    }

    /// <summary>Puts a file into a store; one that is there already with the same content only gets its new attributes.</summary>
    public async Task<VectorStoreFile> AddAsync(string storeId, FileToAdd file, CancellationToken cancellationToken)
    {
        await AddAsync(storeId, [file], batchId: null, cancellationToken);
        return Find(storeId, file.FileId);
    }

    public VectorStoreFile Find(string storeId, string fileId)
    {
        var row = Row(storeId, fileId);
        return row.ToFile(_jobs.Find(row.JobId)!); // never null: the row refers to the job by a foreign key
    }

    /// <summary>Lists a store's files in the order in which they were added.</summary>
    /// <param name="states">States of their jobs; empty for all.</param>
    public Page<VectorStoreFile> List(string storeId, IReadOnlyList<JobState> states, PageRequest page) => List(storeId, null, states, page);

    /// <summary>Changes what searches filter by.</summary>
    public async Task<VectorStoreFile> SetAttributesAsync(
        string storeId, string fileId, IReadOnlyDictionary<string, AttributeValue> attributes, CancellationToken cancellationToken)
    {
        using (await _locks.AcquireAsync(storeId, fileId, cancellationToken))
        {
            Row(storeId, fileId);
            await ApplyAttributesAsync(storeId, fileId, attributes, cancellationToken);
        }

        return Find(storeId, fileId);
    }

    /// <summary>Takes a file out of a store; the file itself stays.</summary>
    public async Task RemoveAsync(string storeId, string fileId, CancellationToken cancellationToken)
    {
        using var held = await _locks.AcquireAsync(storeId, fileId, cancellationToken);
        var row = Row(storeId, fileId);

        // From here on the removal is carried out whole, whether or not its caller still waits for the job to end.
        await _runner.CancelAsync(row.JobId, CancellationToken.None);
        var collection = Collection(storeId);
        _storeFiles.Delete(storeId, fileId);
        if (collection is not null)
        {
            // Without its row the file cannot be named again: a caller who leaves now must not leave its text behind.
            await collection.DeleteAsync([fileId], CancellationToken.None);
        }
    }

    /// <summary>Cancels a job; the passages that one had brought in for a file go, so that nothing is answered from a cancelled file.</summary>
    /// <returns>False when the job is unknown or had already finished.</returns>
    public async Task<bool> CancelAsync(string jobId, CancellationToken cancellationToken)
    {
        if (_storeFiles.OfJob(jobId) is not { } row)
        {
            return await _runner.CancelAsync(jobId, cancellationToken);
        }

        using var held = await _locks.AcquireAsync(row.StoreId, row.FileId, cancellationToken);
        var cancelled = await _runner.CancelAsync(jobId, CancellationToken.None);
        if (cancelled && _jobs.Find(jobId) is { Step: >= VectorStoreIngestion.EmbeddingStep }
            && _stores.Find(row.StoreId) is { } store && _collections.TryGet(store.CollectionId, out var collection))
        {
            await collection.DeleteAsync([row.FileId], CancellationToken.None);
        }

        return cancelled;
    }

    /// <summary>Deletes a file and takes it out of every store; nothing is answered from it any more when the task completes.</summary>
    /// <returns>False when the file is unknown.</returns>
    public async Task<bool> DeleteEverywhereAsync(string fileId, CancellationToken cancellationToken)
    {
        foreach (var storeId in _storeFiles.StoresOf(fileId))
        {
            await RemoveAsync(storeId, fileId, cancellationToken);
        }

        return await _files.DeleteAsync(fileId, cancellationToken);
    }

    /// <summary>The text that searches and citations see.</summary>
    public string ReadText(string storeId, string fileId)
    {
        var file = Find(storeId, fileId);
        return Collection(storeId)?.Find(fileId)?.Text ?? throw new VectorStoreException(
            VectorStoreFailure.NotFound,
            file.Job.IsFinished
                ? $"The file has no content: {file.Job.Error?.Message ?? "its ingestion was cancelled."}"
                : "The file is still being read. Ask again when its status is 'completed'.",
            "file_id");
    }

    internal Page<VectorStoreFile> List(string storeId, string? batchId, IReadOnlyList<JobState> states, PageRequest page)
    {
        Store(storeId);
        var rows = _storeFiles.List(storeId, batchId, [.. states.Select(state => JobStore.Name(state)!)], page); // a name of null is null only for null
        var jobs = _jobs.Find([.. rows.Items.Select(row => row.JobId)]);
        return new Page<VectorStoreFile>([.. rows.Items.Select(row => row.ToFile(jobs[row.JobId]))], rows.HasMore);
    }

    /// <summary>Adds several files in one transaction, as a batch when an id for it is given.</summary>
    internal async Task AddAsync(string storeId, IReadOnlyList<FileToAdd> toAdd, string? batchId, CancellationToken cancellationToken)
    {
        Store(storeId);
        var known = toAdd.Select(file => Stored(file.FileId)).ToList();
        var plans = new List<(FileToAdd ToAdd, StoredFile File, string? JobId)>();
        foreach (var (file, stored) in toAdd.Zip(known))
        {
            plans.Add((file, stored, await KeepIfUnchangedAsync(storeId, file, stored, cancellationToken)));
        }

        try
        {
            Enqueue(storeId, plans, batchId);
        }
        catch (SqliteException exception) when (exception.SqliteExtendedErrorCode == ForeignKeyViolated)
        {
            // The store, or one of the files, was deleted since it was looked for above.
            Store(storeId);
            toAdd.ToList().ForEach(file => Stored(file.FileId));
            throw;
        }
    }

    private void Enqueue(string storeId, IReadOnlyList<(FileToAdd ToAdd, StoredFile File, string? JobId)> plans, string? batchId) =>
        _runner.Enqueue((connection, transaction) =>
        {
            if (batchId is not null)
            {
                FileBatchTable.Insert(connection, transaction, batchId, storeId, _time.GetUtcNow().ToUnixTimeMilliseconds());
            }

            foreach (var (file, stored, finished) in plans)
            {
                var jobId = finished ?? Put(connection, transaction, storeId, file, stored);
                if (batchId is not null)
                {
                    FileBatchTable.InsertFile(connection, transaction, batchId, file.FileId, jobId);
                }
            }

            return true;
        });

    private string Put(SqliteConnection connection, SqliteTransaction transaction, string storeId, FileToAdd file, StoredFile stored)
    {
        var jobId = _jobs.Enqueue(connection, transaction, VectorStoreIngestion.JobKind, stored.FileName, VectorStoreIngestion.Payload(storeId, file.FileId));
        var row = new VectorStoreFileRow
        {
            StoreId = storeId,
            FileId = file.FileId,
            Position = _ids.Next(""),
            JobId = jobId,
            Attributes = AttributesJson.Write(file.Attributes),
            MaxChunkTokens = file.Chunking?.MaxTokens,
            OverlapTokens = file.Chunking?.OverlapTokens,
            Source = file.Source,
            CreatedAt = _time.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        VectorStoreFileTable.Put(connection, transaction, row);
        return jobId;
    }

    /// <summary>Returns the finished job of a file that is in the store as it shall be, and stops the job of one that is not.</summary>
    private async Task<string?> KeepIfUnchangedAsync(string storeId, FileToAdd file, StoredFile stored, CancellationToken cancellationToken)
    {
        if (_storeFiles.Find(storeId, file.FileId) is null)
        {
            return null;
        }

        using var held = await _locks.AcquireAsync(storeId, file.FileId, cancellationToken);
        if (_storeFiles.Find(storeId, file.FileId) is not { } row)
        {
            return null;
        }

        if (_jobs.Find(row.JobId)?.State == JobState.Done && row.Chunking == file.Chunking && row.Source == file.Source
            && Collection(storeId)?.Find(file.FileId)?.ContentHash == stored.ContentHash)
        {
            await ApplyAttributesAsync(storeId, file.FileId, file.Attributes, cancellationToken);
            return row.JobId;
        }

        await _runner.CancelAsync(row.JobId, cancellationToken);
        return null;
    }

    private async Task ApplyAttributesAsync(
        string storeId, string fileId, IReadOnlyDictionary<string, AttributeValue> attributes, CancellationToken cancellationToken)
    {
        var json = AttributesJson.Write(attributes);
        if (_storeFiles.Find(storeId, fileId)?.Attributes == json)
        {
            return;
        }

        // The row comes last: it is what the next caller's attributes are compared with.
        if (Collection(storeId) is { } collection && collection.Find(fileId) is { } document)
        {
            await collection.CommitAsync([document with { Attributes = attributes }], cancellationToken);
        }

        _storeFiles.SetAttributes(storeId, fileId, json);
    }

    private VectorStoreFileRow Row(string storeId, string fileId)
    {
        Store(storeId);
        return _storeFiles.Find(storeId, fileId) ?? throw VectorStoreException.NotInStore(fileId, storeId);
    }

    private StoredFile Stored(string fileId) => _files.Find(fileId) ?? throw VectorStoreException.NoFile(fileId);

    private VectorStore Store(string storeId) => _stores.Find(storeId) ?? throw VectorStoreException.NoStore(storeId);

    private IDocumentCollection? Collection(string storeId) => _collections.Of(Store(storeId));
}
