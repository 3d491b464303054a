using GenAI.Pipelines.Jobs;
using GenAI.Pipelines.Storage;

namespace GenAI.Pipelines.VectorStores;

/// <summary>Batches of files for vector stores. Safe for concurrent use.</summary>
/// <remarks>Every method throws <see cref="VectorStoreException"/> for an id that does not exist.</remarks>
public sealed class FileBatchService
{
    /// <summary>Most files of one batch, as at OpenAI.</summary>
    public const int MaxFiles = 2000;

    private readonly FileBatchTable _batches;
    private readonly VectorStoreFileService _files;
    private readonly SortableId _ids;

    internal FileBatchService(FileBatchTable batches, VectorStoreFileService files, TimeProvider time)
    {
        _batches = batches;
        _files = files;
        _ids = new SortableId(time);
    }

    /// <summary>Adds files to a store; each goes its own way, and one that fails leaves the others alone.</summary>
    public async Task<FileBatch> CreateAsync(string storeId, IReadOnlyList<FileToAdd> files, CancellationToken cancellationToken)
    {
        if (files.Count is 0 or > MaxFiles)
        {
            throw VectorStoreException.Invalid($"A batch takes 1 to {MaxFiles} files, not {files.Count}.", "file_ids");
        }

        var id = _ids.Next("vsfb_");
        await _files.AddAsync(storeId, [.. files.DistinctBy(file => file.FileId, StringComparer.Ordinal)], id, cancellationToken);
        return Find(storeId, id);
    }

    public FileBatch Find(string storeId, string batchId) =>
        _batches.Find(storeId, batchId) ?? throw VectorStoreException.NoBatch(batchId, storeId);

    /// <summary>Cancels what has not finished, and takes it out; files that are done stay.</summary>
    public async Task<FileBatch> CancelAsync(string storeId, string batchId, CancellationToken cancellationToken)
    {
        Find(storeId, batchId);
        foreach (var jobId in _batches.Jobs(batchId))
        {
            await _files.CancelAsync(jobId, cancellationToken);
        }

        return Find(storeId, batchId);
    }

    public Page<VectorStoreFile> ListFiles(string storeId, string batchId, IReadOnlyList<JobState> states, PageRequest page)
    {
        Find(storeId, batchId);
        return _files.List(storeId, batchId, states, page);
    }
}
