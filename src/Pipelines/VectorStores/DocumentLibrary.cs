using GenAI.Pipelines.Files;
using GenAI.Pipelines.Ingestion;
using GenAI.Pipelines.Jobs;
using GenAI.Pipelines.Storage;
using GenAI.Retrieval.Collections;
using Microsoft.Extensions.Logging;

namespace GenAI.Pipelines.VectorStores;

/// <summary>Files, jobs and vector stores of one data folder, put together.</summary>
/// <remarks>The parts are safe for concurrent use. Does not own the collection store it is given.</remarks>
public sealed class DocumentLibrary : IAsyncDisposable
{
    private readonly KeyedLocks _locks = new();
    private readonly VectorStoreRepair _repair;
    private readonly VectorRenewalPlan _renewals;
    private readonly LibraryExpiry _expiry;
    private int _disposed;

    /// <summary>Opens the data folder; no job runs before <see cref="StartAsync"/>.</summary>
    /// <exception cref="StorageException">The folder cannot be used; the message says why and what to do.</exception>
    public DocumentLibrary(
        DocumentLibraryOptions options,
        ICollectionStore collections,
        IEmbeddingModelSource models,
        DocumentParser parser,
        TimeProvider time,
        ILoggerFactory loggers)
    {
        Database = Database.Open(options.DataFolder, time);
        Files = new FileStore(Database, options.DataFolder, time);
        Jobs = new JobStore(Database, time);
        var stores = new VectorStoreTable(Database);
        var storeFiles = new VectorStoreFileTable(Database);
        var ingestion = new VectorStoreIngestion(stores, storeFiles, Files, collections, models, new IngestionPipeline(parser), _locks);
        var renewal = new VectorRenewal(stores, storeFiles, Jobs, collections, models, _locks, loggers.CreateLogger<VectorRenewal>());
        Runner = new JobRunner(Database, Jobs, [ingestion, renewal], options.Jobs, loggers.CreateLogger<JobRunner>());
        var fingerprints = new LoadedModelFingerprint(time, loggers.CreateLogger<LoadedModelFingerprint>());
        Stores = new VectorStoreService(stores, storeFiles, Jobs, Runner, collections, models, fingerprints, time);
        StoreFiles = new VectorStoreFileService(stores, storeFiles, Files, Jobs, Runner, collections, _locks, time);
        Batches = new FileBatchService(new FileBatchTable(Database), StoreFiles, time);
        Folders = new FolderSync(Files, storeFiles, StoreFiles, loggers.CreateLogger<FolderSync>());
        Samples = new SampleLibrary(Database, Stores, Folders, new JobWatch(Jobs, time), time);
        _repair = new VectorStoreRepair(stores, storeFiles, Files, Jobs, collections, models, loggers.CreateLogger<VectorStoreRepair>());
        _renewals = new VectorRenewalPlan(
            stores, Jobs, Runner, renewal, collections, models, fingerprints, _locks, time, loggers.CreateLogger<VectorRenewalPlan>());
        _expiry = new LibraryExpiry(Files, Stores, StoreFiles, Jobs, options.Jobs.KeepFinished, time, loggers.CreateLogger<LibraryExpiry>());
    }

    /// <summary>The records, for other features that keep theirs in the same file.</summary>
    public Database Database { get; }

    public FileStore Files { get; }

    public JobStore Jobs { get; }

    public JobRunner Runner { get; }

    public VectorStoreService Stores { get; }

    public VectorStoreFileService StoreFiles { get; }

    public FileBatchService Batches { get; }

    public FolderSync Folders { get; }

    public SampleLibrary Samples { get; }

    /// <summary>Mends what a kill left half done, brings the stores to the embedding model that is loaded, then begins to work on queued jobs.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _repair.RunAsync(cancellationToken);
        await _renewals.RunAsync(cancellationToken);
        Runner.Start();
        _expiry.Start();
    }

    /// <summary>Stops the jobs, which go on at the next start, and closes the database.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _expiry.DisposeAsync();
        await Runner.DisposeAsync();
        Files.Dispose();
        _locks.Dispose();
        Database.Dispose();
    }
}
