using System.Text;
using GenAI.Pipelines.Files;
using GenAI.Pipelines.Ingestion;
using GenAI.Pipelines.Jobs;
using GenAI.Pipelines.Tests.Storage;
using GenAI.Pipelines.VectorStores;
using GenAI.Retrieval.Collections;
using GenAI.Retrieval.Engine;
using Microsoft.Extensions.Logging.Abstractions;

namespace GenAI.Pipelines.Tests.VectorStores;

/// <summary>A library on a folder of its own, with a parser and a model that tests steer.</summary>
internal sealed class LibraryFixture : IAsyncDisposable
{
    private readonly TempFolder _folder = new();

    public LibraryFixture(IEmbeddingModelSource? models = null)
    {
        Models = models ?? new HashingEmbedder();
        Collections = OpenCollections();
        Library = Open();
    }

    public string Folder => _folder.Path;

    public TextReader Reader { get; } = new();

    public ManualTimeProvider Time { get; } = new();

    public IEmbeddingModelSource Models { get; set; }

    public ICollectionStore Collections { get; private set; }

    /// <summary>What happens right after a collection was made.</summary>
    public Func<CollectionConfig, Task> Created { get; set; } = _ => Task.CompletedTask;

    public int Workers { get; init; } = 2;

    public DocumentLibrary Library { get; private set; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public DocumentLibrary Open() => new(
        new DocumentLibraryOptions(Folder) { Jobs = new JobRunnerOptions { Workers = Workers } },
        new WatchedCollections(Collections, config => Created(config)),
        Models,
        Reader.ReadAsync,
        Time,
        NullLoggerFactory.Instance);

    public async Task<LibraryFixture> StartAsync()
    {
        await Library.StartAsync(Token);
        return this;
    }

    public async Task RestartAsync()
    {
        await CloseAsync();
        Collections = OpenCollections();
        Library = Open();
        await Library.StartAsync(Token);
    }

    public Task<StoredFile> UploadAsync(string name, string text) =>
        Library.Files.AddAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), new FileUpload(name, "assistants"), Token);

    public Task<VectorStore> StoreAsync(string name = "docs") => Library.Stores.CreateAsync(new VectorStoreChanges(name, null), Token);

    /// <summary>Uploads a file, puts it into the store and waits for its job.</summary>
    public async Task<VectorStoreFile> IngestAsync(string storeId, string name, string text)
    {
        var file = await UploadAsync(name, text);
        var added = await Library.StoreFiles.AddAsync(storeId, new FileToAdd(file.Id, AttributesJson.None), Token);
        await Library.Runner.WaitAsync(added.Job.Id, Token);
        return Library.StoreFiles.Find(storeId, file.Id);
    }

    public async Task WaitForAllAsync(string storeId)
    {
        foreach (var file in Library.StoreFiles.List(storeId, [], GenAI.Pipelines.Storage.PageRequest.First(10_000)).Items)
        {
            await Library.Runner.WaitAsync(file.Job.Id, Token);
        }
    }

    public async Task<IReadOnlyList<string>> SearchAsync(string storeId, string query) =>
        [.. (await Library.Stores.SearchAsync([storeId], query, null, null, 5, Token)).Select(hit => hit.Document.FileName)];

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _folder.Dispose();
    }

    public async Task CloseAsync()
    {
        await Library.DisposeAsync();
        await Collections.DisposeAsync();
    }

    private FileCollectionStore OpenCollections() =>
        FileCollectionStore.OpenAsync(Path.Combine(Folder, "collections"), NullLoggerFactory.Instance).GetAwaiter().GetResult();
}
