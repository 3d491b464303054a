using Dapper;
using GenAI.Pipelines.Storage;

namespace GenAI.Pipelines.VectorStores;

/// <summary>Makes vector stores of the documents shipped beside the program, and keeps them in step on later starts.</summary>
/// <remarks>A store that a user has deleted stays deleted.</remarks>
public sealed class SampleLibrary
{
    private readonly Database _database;
    private readonly VectorStoreService _stores;
    private readonly FolderSync _sync;
    private readonly JobWatch _watch;
    private readonly TimeProvider _time;

    internal SampleLibrary(Database database, VectorStoreService stores, FolderSync sync, JobWatch watch, TimeProvider time)
    {
        _database = database;
        _stores = stores;
        _sync = sync;
        _watch = watch;
        _time = time;
    }

    /// <summary>Brings the folders' stores up to date and waits for it; folders that are not there are passed over.</summary>
    /// <returns>What each folder set going, in order.</returns>
    public async Task<IReadOnlyList<FolderSyncResult>> EnsureAsync(
        IReadOnlyList<SampleFolder> folders, IProgress<IngestionProgress>? progress, CancellationToken cancellationToken)
    {
        var results = new List<(SampleFolder Folder, FolderSyncResult Result)>();
        foreach (var folder in folders.Where(folder => Directory.Exists(folder.Path)))
        {
            if (await StoreOfAsync(folder.Name, cancellationToken) is { } storeId)
            {
                results.Add((folder, await _sync.RunAsync(storeId, folder.Name, folder.Path, cancellationToken)));
            }
        }

        // Only now is waited: all folders can be asked by their words while the first one's vectors are made.
        foreach (var (folder, result) in results.Where(entry => entry.Result.Jobs.Count > 0))
        {
            await _watch.FollowAsync(folder.Name, result.Jobs, progress, cancellationToken);
        }

        return [.. results.Select(entry => entry.Result)];
    }

    private async Task<string?> StoreOfAsync(string name, CancellationToken cancellationToken)
    {
        var known = _database.Read(connection => connection.QuerySingleOrDefault<string>(
            "SELECT store_id FROM folder_sources WHERE name = @name", new { name }));
        if (known is not null)
        {
            return _stores.TryFind(known) is null ? null : known;
        }

        var store = await _stores.CreateAsync(new VectorStoreChanges(name, null), cancellationToken);
        _database.Write((connection, transaction) => connection.Execute(
            "INSERT INTO folder_sources (name, store_id, created_at) VALUES (@name, @Id, @now)",
            new { name, store.Id, now = _time.GetUtcNow().ToUnixTimeMilliseconds() },
            transaction));
        return store.Id;
    }
}
