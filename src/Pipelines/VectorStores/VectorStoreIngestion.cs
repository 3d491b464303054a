using System.Text;
using System.Text.Json;
using GenAI.Pipelines.Files;
using GenAI.Pipelines.Ingestion;
using GenAI.Pipelines.Jobs;
using GenAI.Retrieval.Collections;

namespace GenAI.Pipelines.VectorStores;

/// <summary>The job that brings one file into one vector store.</summary>
/// <remarks>May be cut off anywhere: the commit replaces the document of the same id, so doing it twice does no harm.</remarks>
internal sealed class VectorStoreIngestion(
    VectorStoreTable stores,
    VectorStoreFileTable storeFiles,
    FileStore files,
    ICollectionStore collections,
    IngestionPipeline pipeline,
    KeyedLocks locks) : IJobHandler
{
    public const string JobKind = "vector_store_file";

    public string Kind => JobKind;

    public static string Payload(string storeId, string fileId) =>
        JsonSerializer.Serialize(new IngestPayload(storeId, fileId), VectorStoreJson.Default.IngestPayload);

    public async Task RunAsync(Job job, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        var payload = JsonSerializer.Deserialize(job.Payload, VectorStoreJson.Default.IngestPayload)
            ?? throw new JobFailedException("server_error", "The job says nothing of what to do.");
        while (!await TryRunAsync(job, payload, progress, cancellationToken))
        {
            // The store was given another collection meanwhile: prepare the file for that one.
        }
    }

    private async Task<bool> TryRunAsync(Job job, IngestPayload payload, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        var row = Row(job, payload);
        var file = files.Find(payload.FileId) ?? throw new JobFailedException("invalid_file", "The file was deleted before it was read.");
        var collection = Collection(payload.StoreId);
        var item = new IngestionItem(file.Id, file.FileName, files.PathOf(file), file.ContentHash, AttributesJson.Read(row.Attributes), row.Chunking);
        var document = await pipeline.PrepareAsync(item, collection.Config, progress, cancellationToken);

        using var held = await locks.AcquireAsync(payload.StoreId, payload.FileId, cancellationToken);
        row = Row(job, payload);
        if (!ReferenceEquals(collection, Collection(payload.StoreId)))
        {
            return false;
        }

        await collection.CommitAsync([document with { Attributes = AttributesJson.Read(row.Attributes) }], cancellationToken);
        storeFiles.SetUsage(payload.StoreId, payload.FileId, Usage(document));
        return true;
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

    private static long Usage(CollectionDocument document) =>
        Encoding.UTF8.GetByteCount(document.Text) + document.Chunks.Sum(chunk => (long)chunk.Vector.Length * sizeof(float));
}
