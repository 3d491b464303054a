using GenAI.Pipelines.Ingestion;
using GenAI.Pipelines.Jobs;
using GenAI.Pipelines.Storage;
using GenAI.Retrieval.Collections;
using Microsoft.Extensions.Logging;

namespace GenAI.Pipelines.VectorStores;

/// <summary>Brings vector stores to the embedding model that is loaded, once at the start.</summary>
/// <remarks>
/// A collection's vectors are all of one model, so a store of another one, or of none, is given a new collection: its texts
/// and passages are copied there, to be found by words at once, and a job makes the vectors. The switch is one row; the
/// collection that no row names then goes, after a kill at the next start. Changes of files wait for the
/// copy; searches do not.
/// </remarks>
internal sealed partial class VectorRenewalPlan(
    VectorStoreTable stores,
    JobStore jobs,
    JobRunner runner,
    VectorRenewal renewal,
    ICollectionStore collections,
    IEmbeddingModelSource models,
    LoadedModelFingerprint fingerprints,
    KeyedLocks locks,
    TimeProvider time,
    ILogger<VectorRenewalPlan> logger)
{
    /// <summary>Bounds what a commit of the copy holds in memory.</summary>
    private const int CharactersPerCommit = 2 << 20;

    private readonly SortableId _ids = new(time);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (await models.GetAsync(cancellationToken) is not { } model)
        {
            return;
        }

        var fingerprint = await fingerprints.OfAsync(model, cancellationToken);
        foreach (var store in stores.All())
        {
            try
            {
                await PlanAsync(store, model, fingerprint, cancellationToken);
            }
#pragma warning disable CA1031 // whatever one store's fault is, it is logged; the other stores and all jobs wait for this to end
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                LogFailure(exception, store.Id);
            }
        }
    }

    private async Task PlanAsync(VectorStore store, EmbeddingModel model, string fingerprint, CancellationToken cancellationToken)
    {
        if (!collections.TryGet(store.CollectionId, out var collection))
        {
            return;
        }

        var before = stores.FingerprintOf(store.Id);
        var isNew = !collection.Config.IsOf(model) || ModelFingerprint.IsOther(before, fingerprint, model.Dimensions);
        if (isNew)
        {
            LogRenewal(store.Id, collection.Config.EmbeddingModel, model.Name);
            collection = await MoveAsync(store, collection, model, fingerprint, cancellationToken);
        }
        else if (before.Length == 0 && fingerprint.Length > 0)
        {
            stores.PointTo(store.Id, store.CollectionId, fingerprint);
        }

        var passages = renewal.Waiting(store.Id, collection).Sum(document => (long)document.Chunks);
        if (passages > 0)
        {
            Enqueue(store, passages, isNew);
        }
    }

    private async Task<IDocumentCollection> MoveAsync(
        VectorStore store, IDocumentCollection old, EmbeddingModel model, string fingerprint, CancellationToken cancellationToken)
    {
        var renewed = await collections.CreateAsync(new CollectionConfig(_ids.Next("vs_"), model.Dimensions, model.Name), cancellationToken);
        var current = old;
        try
        {
            using (await locks.AcquireAllAsync(cancellationToken))
            {
                await CopyAsync(old, renewed, cancellationToken);
                current = stores.PointTo(store.Id, renewed.Config.Id, fingerprint) ? renewed : old;
            }
        }
        finally
        {
            // The old one; or the new one when it could not be made, or the store was deleted meanwhile: a copy that no row names only takes room.
            await collections.DeleteAsync((current == renewed ? old : renewed).Config.Id, CancellationToken.None);
        }

        return current;
    }

    private static async Task CopyAsync(IDocumentCollection from, IDocumentCollection to, CancellationToken cancellationToken)
    {
        var pending = new List<CollectionDocument>();
        var characters = 0L;
        foreach (var document in from.DocumentIds().Select(from.Find).OfType<CollectionDocument>())
        {
            pending.Add(document.WithoutVectors());
            characters += document.Text.Length;
            if (characters >= CharactersPerCommit)
            {
                await to.CommitAsync(pending, cancellationToken);
                pending.Clear();
                characters = 0;
            }
        }

        await to.CommitAsync(pending, cancellationToken);
    }

    /// <summary>
    /// Goes on with the job that is there. One that was cancelled stays so until the model changes again, and one that was
    /// given up because it took the process down again and again waits for somebody to retry it.
    /// </summary>
    private void Enqueue(VectorStore store, long passages, bool isNew)
    {
        var last = jobs.OfKind(VectorRenewal.JobKind).LastOrDefault(job => VectorRenewal.StoreOf(job) == store.Id);
        switch (last?.State)
        {
            case JobState.Queued or JobState.Running:
            case JobState.Cancelled when !isNew:
                break;
            case JobState.Failed when !isNew:
                if (last.Attempt == 1)
                {
                    runner.Retry(last.Id);
                }

                break;
            default:
                runner.Enqueue((connection, transaction) => jobs.Enqueue(
                    connection, transaction, VectorRenewal.JobKind, store.Name.Length > 0 ? store.Name : store.Id, VectorRenewal.Payload(store.Id), VectorRenewal.At(passages, passages)));
                break;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Vector store {Id} was embedded with '{Old}' and is embedded again with '{New}'; until then it is searched by words")]
    private partial void LogRenewal(string id, string old, string @new);

    [LoggerMessage(Level = LogLevel.Error, Message = "Vector store {Id} could not be brought to the embedding model that is loaded; it is searched by words and tried again at the next start")]
    private partial void LogFailure(Exception exception, string id);
}
