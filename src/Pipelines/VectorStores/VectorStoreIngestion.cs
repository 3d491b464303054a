using System.Text.Json;
using GenAI.Pipelines.Files;
using GenAI.Pipelines.Ingestion;
using GenAI.Pipelines.Jobs;
using GenAI.Retrieval.Collections;

namespace GenAI.Pipelines.VectorStores;

/// <summary>The job that brings one file into one vector store: first its words, then its vectors.</summary>
/// <remarks>
/// Two steps, each ended by a commit that replaces the document of the same id, so either may be cut off anywhere and done
/// again. Between the two nothing of the file is held in memory: the second step takes the passages from the collection.
/// </remarks>
internal sealed class VectorStoreIngestion(
    VectorStoreTable stores,
    VectorStoreFileTable storeFiles,
    FileStore files,
    ICollectionStore collections,
    IEmbeddingModelSource models,
    IngestionPipeline pipeline,
    KeyedLocks locks) : IJobHandler
{
    public const string JobKind = "vector_store_file";

    /// <summary>The step that a job has come to once its file is found by words.</summary>
    public const int EmbeddingStep = 1;

    private static readonly JobPause s_startOver = new(0, new JobProgress(JobStage.Queued, 0, 0, 0));

    public string Kind => JobKind;

    public static string Payload(string storeId, string fileId) =>
        JsonSerializer.Serialize(new IngestPayload(storeId, fileId), VectorStoreJson.Default.IngestPayload);

    public async Task<JobPause?> RunAsync(Job job, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        var payload = JsonSerializer.Deserialize(job.Payload, VectorStoreJson.Default.IngestPayload)
            ?? throw new JobFailedException("server_error", "The job says nothing of what to do.");
        return job.Step < EmbeddingStep
            ? await ReadAsync(job, payload, progress, cancellationToken)
            : await EmbedAsync(job, payload, progress, cancellationToken);
    }

    private async Task<JobPause?> ReadAsync(Job job, IngestPayload payload, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        progress.Report(new JobProgress(JobStage.Reading, 0, 0, 0));
        var row = Row(job, payload);
        var file = files.Find(payload.FileId) ?? throw new JobFailedException("invalid_file", "The file was deleted before it was read.");
        var collection = Collection(payload.StoreId);
        var model = await collection.Config.ModelOfAsync(models, cancellationToken);
        var item = new IngestionItem(file.Id, file.FileName, files.PathOf(file), file.ContentHash, AttributesJson.Read(row.Attributes), row.Chunking);
        var document = await pipeline.ReadAsync(item, model, progress, cancellationToken);

        using var held = await locks.AcquireAsync(payload.StoreId, payload.FileId, cancellationToken);
        row = Row(job, payload);
        if (!ReferenceEquals(collection, Collection(payload.StoreId)))
        {
            // The store was given another collection meanwhile: cut the file for that one.
            return s_startOver;
        }

        await CommitAsync(payload, collection, document with { Attributes = AttributesJson.Read(row.Attributes) }, cancellationToken);
        return model is null || document.Chunks.Count == 0
            ? null
            : new JobPause(EmbeddingStep, IngestionPipeline.Embedding(0, document.Chunks.Count));
    }

    private async Task<JobPause?> EmbedAsync(Job job, IngestPayload payload, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        Row(job, payload);
        var collection = Collection(payload.StoreId);
        if (collection.Find(payload.FileId) is not { } document || document.ContentHash != files.Find(payload.FileId)?.ContentHash)
        {
            return s_startOver;
        }

        if (document.HasVectors || await collection.Config.ModelOfAsync(models, cancellationToken) is not { } model)
        {
            return null;
        }

        var embedded = await IngestionPipeline.EmbedAsync(model, document, progress, cancellationToken);
        using var held = await locks.AcquireAsync(payload.StoreId, payload.FileId, cancellationToken);
        Row(job, payload);
        if (!ReferenceEquals(collection, Collection(payload.StoreId)) || collection.Find(payload.FileId)?.WithVectorsOf(embedded) is not { } complete)
        {
            return s_startOver;
        }

        await CommitAsync(payload, collection, complete, cancellationToken);
        return null;
    }

    private async Task CommitAsync(IngestPayload payload, IDocumentCollection collection, CollectionDocument document, CancellationToken cancellationToken)
    {
        await collection.CommitAsync([document], cancellationToken);
        storeFiles.SetUsage(payload.StoreId, payload.FileId, document.UsageBytes());
    }

    private VectorStoreFileRow Row(Job job, IngestPayload payload) =>
        storeFiles.Find(payload.StoreId, payload.FileId) is { } row && row.JobId == job.Id
            ? row
            : throw new JobFailedException("server_error", "The file was removed from the vector store, or added anew, before this job was done.");

    private IDocumentCollection Collection(string storeId)
    {
        try
        {
            return (stores.Find(storeId) is { } store ? collections.Of(store) : null)
                ?? throw new JobFailedException("server_error", "The vector store was deleted before the file was read.");
        }
        catch (VectorStoreException damaged)
        {
            throw new JobFailedException("server_error", damaged.Message);
        }
    }
}
