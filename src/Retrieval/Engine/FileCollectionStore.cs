using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using GenAI.Retrieval.Collections;
using GenAI.Retrieval.Storage;
using GenAI.Retrieval.Storage.Native;
using Microsoft.Extensions.Logging;

namespace GenAI.Retrieval.Engine;

/// <summary>Collections in a folder of their own each: <c>folder/ID/</c>. One process at a time may have the folder open.</summary>
/// <remarks>Safe for concurrent use.</remarks>
public sealed partial class FileCollectionStore : ICollectionStore
{
    /// <summary>In a collection's folder: it was deleted, and what is left of it may go.</summary>
    private const string DeletedMark = "collection.deleted";

    private const int MaxIdLength = 128;

    private static readonly SearchValues<char> IdCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private readonly string _folder;
    private readonly StoreLock _lock;
    private readonly EngineOptions _options;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Dictionary<string, DocumentCollection> _collections = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _damaged = new(StringComparer.OrdinalIgnoreCase);

    private FileCollectionStore(string folder, StoreLock storeLock, EngineOptions options, ILogger logger)
    {
        _folder = folder;
        _lock = storeLock;
        _options = options;
        _logger = logger;
    }

    /// <summary>
    /// Opens all collections in <paramref name="folder"/>, which is made when it is missing. One that is damaged keeps
    /// its files as they are and is told under <see cref="Damaged"/>.
    /// </summary>
    /// <exception cref="StoreInUseException">Another process has the folder open.</exception>
    public static async Task<FileCollectionStore> OpenAsync(
        string folder,
        ILoggerFactory loggerFactory,
        EngineOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(loggerFactory);
        var path = Path.GetFullPath(folder);
        Directory.CreateDirectory(path);
        var store = new FileCollectionStore(path, StoreLock.Take(path), options ?? new EngineOptions(), loggerFactory.CreateLogger<FileCollectionStore>());
        try
        {
            await Task.Run(() => store.OpenCollections(cancellationToken), cancellationToken);
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    public IReadOnlyDictionary<string, string> Damaged
    {
        get
        {
            lock (_collections)
            {
                return new Dictionary<string, string>(_damaged, StringComparer.OrdinalIgnoreCase);
            }
        }
    }

    public async Task<IDocumentCollection> CreateAsync(CollectionConfig config, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(config);
        if (!IsSafeId(config.Id))
        {
            throw new ArgumentException($"A collection's id is 1 to 128 letters, digits, '-' and '_'; \"{config.Id}\" is not.", nameof(config));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(config.Dimensions);
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (Contains(config.Id))
            {
                throw new ArgumentException($"There is a collection {config.Id} already.", nameof(config));
            }

            var path = Path.Combine(_folder, config.Id);
            if (Directory.Exists(path))
            {
                if (!IsLeftover(path))
                {
                    throw new ArgumentException($"There is a folder {path} already, and it is no collection.", nameof(config));
                }

                Directory.Delete(path, recursive: true);
            }

            var directory = new FileDirectory(path);
            DocumentCollection.Create(directory, config);
            FolderSync.Sync(_folder);
            return Add(DocumentCollection.Open(directory, _options, _logger, cancellationToken));
        }
        finally
        {
            _gate.Release();
        }
    }

    public bool TryGet(string id, [NotNullWhen(true)] out IDocumentCollection? collection)
    {
        lock (_collections)
        {
            collection = _collections.GetValueOrDefault(id);
            return collection is not null;
        }
    }

    public IReadOnlyList<IDocumentCollection> List()
    {
        lock (_collections)
        {
            return [.. _collections.Values.OrderBy(collection => collection.Config.Id, StringComparer.Ordinal)];
        }
    }

    public async Task<bool> DeleteAsync(string id, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            DocumentCollection? collection;
            lock (_collections)
            {
                if (!_collections.TryGetValue(id, out collection) && !_damaged.ContainsKey(id))
                {
                    return false;
                }
            }

            var path = Path.Combine(_folder, collection?.Config.Id ?? id);
            var directory = new FileDirectory(path);
            using (var mark = directory.Create(DeletedMark))
            {
                mark.Sync();
            }

            directory.Sync();
            lock (_collections)
            {
                _collections.Remove(id);
                _damaged.Remove(id);
            }

            if (collection is not null)
            {
                await collection.DisposeAsync();
            }

            RemoveFolder(path);
            return true;
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        DocumentCollection[] open;
        lock (_collections)
        {
            open = [.. _collections.Values];
            _collections.Clear();
        }

        foreach (var collection in open)
        {
            await collection.DisposeAsync();
        }

        _lock.Dispose();
        _gate.Dispose();
    }

    private static bool IsSafeId(string id) => id.Length is > 0 and <= MaxIdLength && !id.AsSpan().ContainsAnyExcept(IdCharacters);

    private void OpenCollections(CancellationToken cancellationToken)
    {
        foreach (var path in Directory.EnumerateDirectories(_folder))
        {
            try
            {
                OpenFolder(path, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                throw;
            }
#pragma warning disable CA1031 // Whatever is wrong with one collection, the others are to be opened.
            catch (Exception error)
#pragma warning restore CA1031
            {
                LogDamaged(_logger, error, path);
                lock (_collections)
                {
                    _damaged[Path.GetFileName(path)] = error.Message;
                }
            }
        }
    }

    private void OpenFolder(string path, CancellationToken cancellationToken)
    {
        if (File.Exists(Path.Combine(path, CommitPoint.FileName)) && !File.Exists(Path.Combine(path, DeletedMark)))
        {
            Add(DocumentCollection.Open(new FileDirectory(path), _options, _logger, cancellationToken));
        }
        else if (IsLeftover(path))
        {
            RemoveFolder(path);
        }
        else if (Directory.EnumerateFiles(path, $"*{CollectionFiles.SegmentSuffix}").Any())
        {
            throw new CorruptStoreException(Path.Combine(path, CommitPoint.FileName), "it is missing.");
        }
        else
        {
            LogForeign(_logger, path);
        }
    }

    /// <summary>Whether a folder is a deleted collection, or one whose making was never finished. Nothing else is ever removed.</summary>
    private static bool IsLeftover(string path) =>
        File.Exists(Path.Combine(path, DeletedMark))
        || (!Directory.EnumerateDirectories(path).Any()
            && Directory.EnumerateFiles(path).All(file => Path.GetFileName(file) is CommitPoint.TemporaryName || Path.GetFileName(file) == CollectionFiles.Log(1)));

    private bool Contains(string id)
    {
        lock (_collections)
        {
            return _collections.ContainsKey(id) || _damaged.ContainsKey(id);
        }
    }

    private DocumentCollection Add(DocumentCollection collection)
    {
        lock (_collections)
        {
            _collections.Add(collection.Config.Id, collection);
        }

        return collection;
    }

    private void RemoveFolder(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (IOException error)
        {
            // Windows keeps mapped files; the mark makes the next start remove them.
            LogLeftover(_logger, error, path);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The folder {Path} of a deleted collection could not be removed yet; the next start tries again")]
    private static partial void LogLeftover(ILogger logger, Exception error, string path);

    [LoggerMessage(Level = LogLevel.Error, Message = "The collection in {Path} could not be opened; the others are")]
    private static partial void LogDamaged(ILogger logger, Exception error, string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The folder {Path} is no collection and is left alone")]
    private static partial void LogForeign(ILogger logger, string path);
}
