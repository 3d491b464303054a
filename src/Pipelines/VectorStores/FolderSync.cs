using System.Security.Cryptography;
using GenAI.Pipelines.Files;
using GenAI.Pipelines.Ingestion;
using GenAI.Pipelines.Storage;
using Microsoft.Extensions.Logging;

namespace GenAI.Pipelines.VectorStores;

/// <summary>Keeps a vector store in step with a folder: new files in, changed ones replaced under their old id, vanished ones out.</summary>
public sealed partial class FolderSync
{
    private const int FilesPerTransaction = 200;
    private const string Purpose = "assistants";

    private readonly FileStore _files;
    private readonly VectorStoreFileTable _storeFiles;
    private readonly VectorStoreFileService _service;
    private readonly ILogger<FolderSync> _logger;

    internal FolderSync(FileStore files, VectorStoreFileTable storeFiles, VectorStoreFileService service, ILogger<FolderSync> logger)
    {
        _files = files;
        _storeFiles = storeFiles;
        _service = service;
        _logger = logger;
    }

    /// <summary>Compares by content and queues what differs. The jobs run on after this returns.</summary>
    /// <param name="name">Tells several folders of one store apart; it stands before the files' paths.</param>
    /// <exception cref="DirectoryNotFoundException">The folder is not there; nothing is removed then.</exception>
    public async Task<FolderSyncResult> RunAsync(string storeId, string name, string folder, CancellationToken cancellationToken)
    {
        var scan = FolderSource.Scan(folder, cancellationToken);
        var problems = scan.Problems.ToList();
        var known = _storeFiles.FromFolder(storeId)
            .Where(row => row.Source!.StartsWith(name + "/", StringComparison.Ordinal)) // rows from a folder have a source
            .ToDictionary(row => row.Source!, StringComparer.Ordinal);
        var toAdd = new List<FileToAdd>();
        var (added, changed) = (0, 0);
        foreach (var file in scan.Files)
        {
            var source = $"{name}/{file.RelativePath}";
            known.Remove(source, out var row);
            try
            {
                if (await TakeAsync(row, source, file, cancellationToken) is { } taken)
                {
                    toAdd.Add(taken);
                    (added, changed) = row is null ? (added + 1, changed) : (added, changed + 1);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FileTooLargeException or StorageException)
            {
                problems.Add($"'{file.Path}' was not taken: {exception.Message}");
            }
        }

        foreach (var some in toAdd.Chunk(FilesPerTransaction))
        {
            await _service.AddAsync(storeId, some, batchId: null, cancellationToken);
        }

        // A folder that could not be read whole must not look like a folder whose files were deleted.
        var removed = scan.Problems.Count == 0 ? await RemoveAsync(known.Values, cancellationToken) : 0;
        problems.ForEach(LogProblem);
        var jobs = toAdd.Select(file => _storeFiles.Find(storeId, file.FileId)?.JobId).OfType<string>().ToList();
        return new FolderSyncResult(added, changed, scan.Files.Count - added - changed, removed, jobs, problems);
    }

    private async Task<FileToAdd?> TakeAsync(VectorStoreFileRow? row, string source, FolderFile file, CancellationToken cancellationToken)
    {
        await using var content = new FileStream(
            file.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        if (row is null)
        {
            var stored = await _files.AddAsync(content, new FileUpload(file.RelativePath, Purpose), cancellationToken);
            return new FileToAdd(stored.Id, AttributesJson.None, Source: source);
        }

        if (_files.Find(row.FileId) is { } old && old.Bytes == content.Length
            && old.ContentHash == Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken)))
        {
            return null;
        }

        content.Position = 0;
        await _files.ReplaceAsync(row.FileId, content, cancellationToken);
        return new FileToAdd(row.FileId, AttributesJson.Read(row.Attributes), row.Chunking, source);
    }

    private async Task<int> RemoveAsync(IEnumerable<VectorStoreFileRow> vanished, CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var row in vanished)
        {
            await _service.DeleteEverywhereAsync(row.FileId, cancellationToken);
            removed++;
        }

        return removed;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Folder sync: {Problem}")]
    private partial void LogProblem(string problem);
}
