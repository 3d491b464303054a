using GenAI.Pipelines.Jobs;
using GenAI.Pipelines.VectorStores;
using GenAI.Retrieval.Collections;
using GenAI.Retrieval.Filters;

namespace GenAI.Pipelines.Tests.VectorStores;

/// <summary>A file between its two commits: found by its words, and its vectors still on their way.</summary>
public sealed class WordsFirstTests : IAsyncDisposable
{
    private readonly HashingEmbedder _model = new();
    private readonly TaskCompletionSource _embedding = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly LibraryFixture _fixture;

    public WordsFirstTests()
    {
        _fixture = new LibraryFixture(_model);
        _model.Before = (texts, token) =>
        {
            if (texts.Any(text => text.StartsWith("query: ", StringComparison.Ordinal)))
            {
                return Task.CompletedTask;
            }

            _embedding.TrySetResult();
            return _go.Task.WaitAsync(token);
        };
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private VectorStoreFileService Files => _fixture.Library.StoreFiles;

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task Search_WhileVectorsAreMade_FindsTheFileByItsWords()
    {
        var (store, file) = await BeginAsync("lift.md", "The lift runs at night.");

        var found = (await SearchAsync(store, "lift")).ShouldHaveSingleItem();
        (found.LexicalRank, found.VectorRank, found.Score).ShouldBe((1, null, 1));
        var job = Files.Find(store.Id, file.FileId).Job;
        (job.State, job.Stage, job.ItemsDone, job.ItemsTotal).ShouldBe((JobState.Running, JobStage.Embedding, 0, 1));
        _fixture.Library.Stores.Find(store.Id).FileCounts.ShouldBe(new FileCounts(1, 0, 0, 0));
        Files.ReadText(store.Id, file.FileId).ShouldBe("The lift runs at night.");

        _go.SetResult();
        await _fixture.Library.Runner.WaitAsync(file.Job.Id, Token);
        var whole = (await SearchAsync(store, "lift")).ShouldHaveSingleItem();
        (whole.LexicalRank, whole.VectorRank, whole.Score).ShouldBe((1, 1, 1));
        Files.Find(store.Id, file.FileId).UsageBytes.ShouldBe("The lift runs at night.".Length + (64 * sizeof(float)));
    }

    [Fact]
    public async Task Search_ManyFilesOfOneBatch_FindsAllBeforeTheFirstVectorIsMade()
    {
        var (store, _) = await BeginAsync("first.md", "Walruses sleep on ice.");
        var files = new List<FileToAdd>();
        for (var index = 0; index < 8; index++)
        {
            files.Add(new FileToAdd((await _fixture.UploadAsync($"{index}.md", $"Penguins of place {index}.")).Id, AttributesJson.None));
        }

        await _fixture.Library.Batches.CreateAsync(store.Id, files, Token);
        var last = Files.Find(store.Id, files[^1].FileId);
        while (_fixture.Library.Jobs.Find(last.Job.Id)!.Step == 0)
        {
            await Task.Yield();
        }

        (await SearchAsync(store, "penguins")).Count.ShouldBe(8);
        _model.Texts.ShouldAllBe(text => text.StartsWith("query: ", StringComparison.Ordinal));
        _go.SetResult();
        await _fixture.WaitForAllAsync(store.Id);
        _fixture.Library.Stores.Find(store.Id).FileCounts.ShouldBe(new FileCounts(0, 9, 0, 0));
        Collection(store).DocumentsWithoutVectors().ShouldBeEmpty();
    }

    [Fact]
    public async Task CancelAsync_WhileVectorsAreMade_LeavesNothing_AndRetryBringsTheFileWhole()
    {
        var (store, file) = await BeginAsync("lift.md", "The lift runs at night.");

        (await Files.CancelAsync(file.Job.Id, Token)).ShouldBeTrue();

        (await SearchAsync(store, "lift")).ShouldBeEmpty();
        Collection(store).DocumentCount.ShouldBe(0);
        Files.Find(store.Id, file.FileId).Job.State.ShouldBe(JobState.Cancelled);
        _go.SetResult();
        _fixture.Library.Runner.Retry(file.Job.Id).ShouldBeTrue();
        (await _fixture.Library.Runner.WaitAsync(file.Job.Id, Token))!.State.ShouldBe(JobState.Done);
        (await SearchAsync(store, "lift")).ShouldHaveSingleItem().VectorRank.ShouldBe(1);
    }

    [Fact]
    public async Task Start_KilledBetweenACancelAndItsCleaning_TakesTheFileOut()
    {
        var (store, file) = await BeginAsync("lift.md", "The lift runs at night.");
        (await _fixture.Library.Runner.CancelAsync(file.Job.Id, Token)).ShouldBeTrue();
        Collection(store).DocumentCount.ShouldBe(1);

        await _fixture.RestartAsync();

        Collection(store).DocumentCount.ShouldBe(0);
    }

    [Fact]
    public async Task RemoveAsync_WhileVectorsAreMade_LeavesNothing()
    {
        var (store, file) = await BeginAsync("lift.md", "The lift runs at night.");

        await Files.RemoveAsync(store.Id, file.FileId, Token);
        _go.SetResult();

        (await SearchAsync(store, "lift")).ShouldBeEmpty();
        Collection(store).DocumentCount.ShouldBe(0);
        _fixture.Library.Jobs.Find(file.Job.Id)!.State.ShouldBe(JobState.Cancelled);
    }

    [Fact]
    public async Task SetAttributesAsync_WhileVectorsAreMade_KeepsBoth()
    {
        var (store, file) = await BeginAsync("lift.md", "The lift runs at night.");

        await Files.SetAttributesAsync(store.Id, file.FileId, new Dictionary<string, AttributeValue> { ["year"] = AttributeValue.Of(2024) }, Token);
        _go.SetResult();
        await _fixture.Library.Runner.WaitAsync(file.Job.Id, Token);

        var document = Collection(store).Find(file.FileId)!;
        document.HasVectors.ShouldBeTrue();
        document.Attributes["year"].ShouldBe(AttributeValue.Of(2024));
    }

    [Fact]
    public async Task Replace_FileThatIsIn_KeepsTheOldOneWholeUntilTheNewOneIsRead()
    {
        _go.SetResult();
        await _fixture.StartAsync();
        var store = await _fixture.StoreAsync();
        var file = await _fixture.IngestAsync(store.Id, "animals.md", "Walruses sleep on ice.");
        var (reading, read) = (new TaskCompletionSource(), new TaskCompletionSource());
        _fixture.Reader.Before = (_, token) =>
        {
            reading.SetResult();
            return read.Task.WaitAsync(token);
        };
        await _fixture.Library.Files.ReplaceAsync(file.FileId, new MemoryStream("Penguins walk."u8.ToArray()), Token);

        var added = await Files.AddAsync(store.Id, new FileToAdd(file.FileId, AttributesJson.None), Token);
        await reading.Task.WaitAsync(Token);
        var old = (await SearchAsync(store, "walruses")).ShouldHaveSingleItem();
        read.SetResult();
        await _fixture.Library.Runner.WaitAsync(added.Job.Id, Token);

        (old.LexicalRank, old.VectorRank).ShouldBe((1, 1));
        (await SearchAsync(store, "penguins")).ShouldHaveSingleItem().Chunk.Text.ShouldBe("Penguins walk.");
    }

    [Fact]
    public async Task Retry_EmbeddingThatFailed_GoesOnFromTheWordsWithoutReadingAgain()
    {
        var (store, file) = await BeginAsync("lift.md", "The lift runs at night.");
        _go.SetException(new HttpRequestException("The embedding server is away."));
        (await _fixture.Library.Runner.WaitAsync(file.Job.Id, Token))!.State.ShouldBe(JobState.Failed);
        (await SearchAsync(store, "lift")).ShouldHaveSingleItem().VectorRank.ShouldBeNull();
        _model.Before = (_, _) => Task.CompletedTask;
        _fixture.Reader.Before = (name, _) => throw new InvalidOperationException($"{name} was read again.");

        _fixture.Library.Runner.Retry(file.Job.Id).ShouldBeTrue();

        (await _fixture.Library.Runner.WaitAsync(file.Job.Id, Token))!.State.ShouldBe(JobState.Done);
        (await SearchAsync(store, "lift")).ShouldHaveSingleItem().VectorRank.ShouldBe(1);
    }

    /// <summary>Adds a file and waits until its passages are about to be embedded.</summary>
    private async Task<(VectorStore Store, VectorStoreFile File)> BeginAsync(string name, string text)
    {
        await _fixture.StartAsync();
        var store = await _fixture.StoreAsync();
        var upload = await _fixture.UploadAsync(name, text);
        var file = await Files.AddAsync(store.Id, new FileToAdd(upload.Id, AttributesJson.None), Token);
        await _embedding.Task.WaitAsync(Token);
        return (store, file);
    }

    private Task<IReadOnlyList<SearchHit>> SearchAsync(VectorStore store, string question) =>
        _fixture.Library.Stores.SearchAsync([store.Id], question, null, null, 20, Token);

    private IDocumentCollection Collection(VectorStore store) =>
        _fixture.Collections.TryGet(store.CollectionId, out var collection) ? collection : throw new InvalidOperationException();
}
