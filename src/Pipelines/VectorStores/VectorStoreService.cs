using GenAI.Pipelines.Ingestion;
using GenAI.Pipelines.Jobs;
using GenAI.Pipelines.Storage;
using GenAI.Retrieval.Collections;
using GenAI.Retrieval.Filters;

namespace GenAI.Pipelines.VectorStores;

/// <summary>Vector stores: made, changed, searched and deleted. Safe for concurrent use.</summary>
/// <remarks>Every method throws <see cref="VectorStoreException"/> for an id that does not exist.</remarks>
public sealed class VectorStoreService
{
    private static readonly TimeSpan s_activityGrain = TimeSpan.FromMinutes(1);

    private readonly VectorStoreTable _stores;
    private readonly VectorStoreFileTable _storeFiles;
    private readonly JobStore _jobs;
    private readonly JobRunner _runner;
    private readonly ICollectionStore _collections;
    private readonly IEmbeddingModelSource _models;
    private readonly LoadedModelFingerprint _fingerprints;
    private readonly VectorStoreSearcher _searcher;
    private readonly SortableId _ids;
    private readonly TimeProvider _time;

    internal VectorStoreService(
        VectorStoreTable stores,
        VectorStoreFileTable storeFiles,
        JobStore jobs,
        JobRunner runner,
        ICollectionStore collections,
        IEmbeddingModelSource models,
        LoadedModelFingerprint fingerprints,
        TimeProvider time)
    {
        _stores = stores;
        _storeFiles = storeFiles;
        _jobs = jobs;
        _runner = runner;
        _collections = collections;
        _models = models;
        _fingerprints = fingerprints;
        _searcher = new VectorStoreSearcher(models);
        _ids = new SortableId(time);
        _time = time;
    }

    /// <summary>Makes an empty store for the embedding model that is loaded, or for words alone.</summary>
    public async Task<VectorStore> CreateAsync(VectorStoreChanges changes, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        var id = _ids.Next("vs_");
        var model = await _models.GetAsync(cancellationToken);
        var row = new VectorStoreRow
        {
            Id = id,
            CollectionId = id,
            Name = changes.Name ?? "",
            Metadata = MetadataJson.Write(changes.Metadata ?? new Dictionary<string, string>(StringComparer.Ordinal)),
            ExpiresAfterDays = changes.ExpiresAfterDays,
            CreatedAt = now,
            LastActiveAt = now,
            ModelFingerprint = model is null ? "" : await _fingerprints.OfAsync(model, cancellationToken),
        };
        await _collections.CreateAsync(new CollectionConfig(id, model?.Dimensions ?? 0, model?.Name ?? ""), cancellationToken);
        _stores.Insert(row);
        return Find(id);
    }

    public VectorStore Find(string id) => _stores.Find(id) ?? throw VectorStoreException.NoStore(id);

    public VectorStore? TryFind(string id) => _stores.Find(id);

    public Page<VectorStore> List(PageRequest page) => _stores.List(page);

    public IReadOnlyList<VectorStore> All() => _stores.All();

    /// <summary>How many documents of a store can be asked now, be it by their words alone.</summary>
    public int DocumentCount(VectorStore store) => _collections.TryGet(store.CollectionId, out var collection) ? collection.DocumentCount : 0;

    /// <summary>By store, the jobs that still make vectors for the model that is loaded; until then what lacks them is found by words.</summary>
    public IReadOnlyDictionary<string, Job> Renewals() => _jobs.OfKind(VectorRenewal.JobKind)
        .Where(job => !job.IsFinished)
        .GroupBy(VectorRenewal.StoreOf, StringComparer.Ordinal)
        .ToDictionary(jobs => jobs.Key, jobs => jobs.Last(), StringComparer.Ordinal);

    /// <summary>The stores that can be searched: an expired or damaged one would refuse.</summary>
    public IReadOnlyList<VectorStore> Live()
    {
        var now = _time.GetUtcNow();
        var damaged = _collections.Damaged;
        return [.. All().Where(store => !store.IsExpired(now) && !damaged.ContainsKey(store.CollectionId))];
    }

    /// <summary>A sentence for each store whose index could not be opened.</summary>
    public IReadOnlyList<string> Damages()
    {
        var damaged = _collections.Damaged;
        return damaged.Count == 0 ? [] : [.. All().Where(store => damaged.ContainsKey(store.CollectionId)).Select(StoreCollections.Sentence)];
    }

    public VectorStore Modify(string id, VectorStoreChanges changes)
    {
        var store = Find(id);
        _stores.Update(
            id,
            changes.Name ?? store.Name,
            MetadataJson.Write(changes.Metadata ?? store.Metadata),
            changes.SetsExpiry ? changes.ExpiresAfterDays : store.ExpiresAfterDays,
            _time.GetUtcNow().ToUnixTimeMilliseconds());
        return Find(id);
    }

    /// <summary>Deletes a store and what it indexed; the files stay.</summary>
    public async Task DeleteAsync(string id, CancellationToken cancellationToken)
    {
        var store = Find(id);
        var jobs = _storeFiles.OfStore(id).Select(row => row.JobId)
            .Concat(_jobs.OfKind(VectorRenewal.JobKind).Where(job => VectorRenewal.StoreOf(job) == id).Select(job => job.Id))
            .ToList();
        cancellationToken.ThrowIfCancellationRequested();
        _stores.Delete(id);

        // Without its row the store cannot be named again, so the rest is done even if the caller leaves.
        foreach (var job in jobs)
        {
            await _runner.CancelAsync(job, CancellationToken.None);
        }

        await _collections.DeleteAsync(store.CollectionId, CancellationToken.None);
    }

    /// <summary>Searches one or several stores for a question, best passage first; scores lie between 0 and 1.</summary>
    /// <param name="labels">Labels the caller holds; null means no label check.</param>
    public Task<IReadOnlyList<SearchHit>> SearchAsync(
        IReadOnlyList<string> storeIds, string query, Filter? filter, IReadOnlySet<string>? labels, int top, CancellationToken cancellationToken) =>
        SearchAsync(new VectorStoreQuery { StoreIds = storeIds, Texts = [query], Filter = filter, Labels = labels, Top = top }, cancellationToken);

    /// <inheritdoc cref="SearchAsync(IReadOnlyList{string}, string, Filter?, IReadOnlySet{string}?, int, CancellationToken)"/>
    public async Task<IReadOnlyList<SearchHit>> SearchAsync(VectorStoreQuery query, CancellationToken cancellationToken)
    {
        var collections = query.StoreIds.Distinct(StringComparer.Ordinal).Select(OpenForSearch).ToList();
        return await _searcher.SearchAsync(collections, query, cancellationToken);
    }

    private IDocumentCollection OpenForSearch(string id)
    {
        var store = Find(id);
        var now = _time.GetUtcNow();
        if (store.IsExpired(now))
        {
            throw new VectorStoreException(VectorStoreFailure.Expired, $"Vector store '{id}' expired on {store.ExpiresAt:yyyy-MM-dd}. Make a new one.", "vector_store_id");
        }

        if (now - store.LastActiveAt >= s_activityGrain)
        {
            _stores.Touch(id, now.ToUnixTimeMilliseconds());
        }

        // Asked twice: the store may be given another collection between the row and the look.
        return _collections.Of(store) ?? _collections.Of(Find(id))
            ?? throw new VectorStoreException(VectorStoreFailure.Unavailable, $"The index of vector store '{id}' is not there. Restart the server to have it built again.");
    }
}
