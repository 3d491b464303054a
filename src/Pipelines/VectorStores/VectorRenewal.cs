using System.Text.Json;
using GenAI.Pipelines.Ingestion;
using GenAI.Pipelines.Jobs;
using GenAI.Retrieval.Collections;
using Microsoft.Extensions.Logging;

namespace GenAI.Pipelines.VectorStores;

/// <summary>The job that embeds what a vector store holds without vectors of its model: file by file, out of the stored passages.</summary>
/// <remarks>May be cut off anywhere: a file that has its vectors is not done again. New files go first; their own jobs embed them.</remarks>
internal sealed partial class VectorRenewal(
    VectorStoreTable stores,
    VectorStoreFileTable storeFiles,
    JobStore jobs,
    ICollectionStore collections,
    IEmbeddingModelSource models,
    KeyedLocks locks,
    ILogger<VectorRenewal> logger) : IJobHandler
{
    public const string JobKind = "vector_store_vectors";

    /// <summary>After reading and embedding what is new.</summary>
    private const int Step = VectorStoreIngestion.EmbeddingStep + 1;

    public string Kind => JobKind;

    public static string Payload(string storeId) => JsonSerializer.Serialize(new RenewalPayload(storeId), VectorStoreJson.Default.RenewalPayload);

    public static string StoreOf(Job job) => JsonSerializer.Deserialize(job.Payload, VectorStoreJson.Default.RenewalPayload)?.StoreId
        ?? throw new JobFailedException("server_error", "The job says nothing of what to do.");

    /// <summary>The documents that have no vectors, without those that a job of their own still works on or gave up.</summary>
    public IReadOnlyList<BareDocument> Waiting(string storeId, IDocumentCollection collection)
    {
        if (collection.DocumentsWithoutVectors() is not { Count: > 0 } bare)
        {
            return [];
        }

        var rows = storeFiles.OfStore(storeId);
        var ingestions = jobs.Find([.. rows.Select(row => row.JobId)]);
        var done = rows.Where(row => ingestions[row.JobId].State == JobState.Done).Select(row => row.FileId).ToHashSet(StringComparer.Ordinal);
        return [.. bare.Where(document => done.Contains(document.Id))];
    }

    /// <summary>Where a job stands that has this many passages left.</summary>
    public static JobPause At(long left, long total) => new(Step, Progress(left, total));

    public async Task<JobPause?> RunAsync(Job job, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        var storeId = StoreOf(job);
        if (Collection(storeId) is not { } collection || await collection.Config.ModelOfAsync(models, cancellationToken) is not { } model)
        {
            return null;
        }

        var waiting = Waiting(storeId, collection);
        var left = waiting.Sum(document => (long)document.Chunks);
        var total = Math.Max(job.ItemsTotal, left);
        var failed = 0;
        foreach (var document in waiting)
        {
            failed += await TryEmbedAsync(storeId, collection, document.Id, model, new Share(progress, left, total), cancellationToken) ? 0 : 1;
            left -= document.Chunks;
            if (jobs.HasQueuedBefore(Step))
            {
                return At(left, total);
            }
        }

        return failed == 0
            ? null
            : throw new JobFailedException("server_error", $"{failed} files could not be embedded; the log has the reasons. They are found by their words. Retry once the reason is gone.");
    }

    private static JobProgress Progress(long left, long total) =>
        new(JobStage.Embedding, total == 0 ? 1 : (double)(total - left) / total, total - left, total);

    /// <returns>False after a fault of this file, which must not keep the others from their vectors.</returns>
    private async Task<bool> TryEmbedAsync(
        string storeId, IDocumentCollection collection, string fileId, EmbeddingModel model, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        try
        {
            await EmbedAsync(storeId, collection, fileId, model, progress, cancellationToken);
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // whatever one file's fault is, it is logged and the job says at its end that there was one
        catch (Exception fault)
#pragma warning restore CA1031
        {
            LogFault(fault, fileId, storeId);
            return Collection(storeId) is null; // the store was deleted meanwhile: nothing is missing
        }
    }

    private async Task EmbedAsync(
        string storeId, IDocumentCollection collection, string fileId, EmbeddingModel model, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        if (collection.Find(fileId) is not { HasVectors: false } document)
        {
            return;
        }

        var embedded = await IngestionPipeline.EmbedAsync(model, document, progress, cancellationToken);
        using var held = await locks.AcquireAsync(storeId, fileId, cancellationToken);
        if (ReferenceEquals(collection, Collection(storeId)) && storeFiles.Find(storeId, fileId) is not null
            && collection.Find(fileId)?.WithVectorsOf(embedded) is { } complete)
        {
            await collection.CommitAsync([complete], cancellationToken);
            storeFiles.SetUsage(storeId, fileId, complete.UsageBytes());
        }
    }

    private IDocumentCollection? Collection(string storeId) =>
        stores.Find(storeId) is { } store && collections.TryGet(store.CollectionId, out var collection) ? collection : null;

    /// <summary>Turns a file's passages into the whole job's.</summary>
    private sealed class Share(IProgress<JobProgress> whole, long left, long total) : IProgress<JobProgress>
    {
        public void Report(JobProgress value) => whole.Report(Progress(left - value.ItemsDone, total));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "File {FileId} of vector store {StoreId} could not be embedded again")]
    private partial void LogFault(Exception fault, string fileId, string storeId);
}
