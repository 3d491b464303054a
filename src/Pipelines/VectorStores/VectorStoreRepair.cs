using GenAI.Pipelines.Files;
using GenAI.Pipelines.Ingestion;
using GenAI.Pipelines.Jobs;
using GenAI.Retrieval.Collections;
using Microsoft.Extensions.Logging;

namespace GenAI.Pipelines.VectorStores;

/// <summary>Brings rows and collections together again after a kill between the two.</summary>
/// <remarks>
/// Rows are the truth: a document without a row was being deleted, so its deletion is finished; a finished file without
/// its document is read again, and a cancelled one's goes. Runs before the job runner starts.
/// </remarks>
internal sealed partial class VectorStoreRepair(
    VectorStoreTable stores,
    VectorStoreFileTable storeFiles,
    FileStore files,
    JobStore jobs,
    ICollectionStore collections,
    IEmbeddingModelSource models,
    ILogger<VectorStoreRepair> logger)
{
    private const string OwnPrefix = "vs_";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var all = stores.All();
        foreach (var store in all)
        {
            await RepairAsync(store, cancellationToken);
        }

        var named = all.Select(store => store.CollectionId).ToHashSet(StringComparer.Ordinal);
        foreach (var orphan in collections.List().Select(collection => collection.Config.Id)
            .Where(id => id.StartsWith(OwnPrefix, StringComparison.Ordinal) && !named.Contains(id)).ToList())
        {
            await collections.DeleteAsync(orphan, cancellationToken);
            LogOrphan(orphan);
        }
    }

    private async Task RepairAsync(VectorStore store, CancellationToken cancellationToken)
    {
        if (collections.Damaged.TryGetValue(store.CollectionId, out var damage))
        {
            // Left as it is: what can still be saved of it is for a person to decide.
            LogDamaged(store.Id, damage);
            return;
        }

        if (!collections.TryGet(store.CollectionId, out var collection))
        {
            LogLost(store.Id);
            var model = await models.GetAsync(cancellationToken);
            collection = await collections.CreateAsync(
                new CollectionConfig(store.CollectionId, model?.Dimensions ?? 0, model?.Name ?? ""), cancellationToken);
        }

        var rows = storeFiles.OfStore(store.Id);
        var present = collection.DocumentIds().ToHashSet(StringComparer.Ordinal);
        var ingestions = jobs.Find([.. rows.Select(row => row.JobId)]);
        var kept = rows.Where(row => ingestions[row.JobId] is not { State: JobState.Cancelled, Step: >= VectorStoreIngestion.EmbeddingStep });
        var deleted = present.Except(kept.Select(row => row.FileId), StringComparer.Ordinal).ToList();
        if (deleted.Count > 0)
        {
            await collection.DeleteAsync(deleted, cancellationToken);
            LogDeleted(deleted.Count, store.Id);
        }

        foreach (var row in rows.Where(row => !present.Contains(row.FileId) && files.Find(row.FileId) is not null))
        {
            if (jobs.Redo(row.JobId))
            {
                LogRedone(row.FileId, store.Id);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Removed collection {Id} that belonged to no vector store")]
    private partial void LogOrphan(string id);

    [LoggerMessage(Level = LogLevel.Error, Message = "Vector store {Id} cannot be used: {Damage}")]
    private partial void LogDamaged(string id, string damage);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The collection of vector store {Id} is gone; its files are read again")]
    private partial void LogLost(string id);

    [LoggerMessage(Level = LogLevel.Information, Message = "Finished the deletion of {Count} documents of vector store {Id}")]
    private partial void LogDeleted(int count, string id);

    [LoggerMessage(Level = LogLevel.Warning, Message = "File {FileId} was missing from vector store {StoreId} and is read again")]
    private partial void LogRedone(string fileId, string storeId);
}
