using GenAI.Pipelines.Chunking;
using GenAI.Pipelines.Ingestion;
using GenAI.Pipelines.Jobs;
using GenAI.Pipelines.Storage;
using GenAI.Pipelines.VectorStores;
using GenAI.Retrieval.Filters;

namespace GenAI.Pipelines.Tests.VectorStores;

public sealed class VectorStoreFileServiceTests : IAsyncDisposable
{
    private readonly LibraryFixture _fixture = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private VectorStoreFileService Files => _fixture.Library.StoreFiles;

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task AddAsync_UnknownStoreOrFile_IsNotFound()
    {
        var store = await _fixture.StoreAsync();

        (await Should.ThrowAsync<VectorStoreException>(() => Files.AddAsync("vs_none", new FileToAdd("file-none", AttributesJson.None), Token)))
            .Message.ShouldContain("vs_none");
        (await Should.ThrowAsync<VectorStoreException>(() => Files.AddAsync(store.Id, new FileToAdd("file-none", AttributesJson.None), Token)))
            .Message.ShouldContain("file-none");
    }

    [Fact]
    public async Task AddAsync_SameContentAgain_OnlyChangesTheAttributes()
    {
        await _fixture.StartAsync();
        var store = await _fixture.StoreAsync();
        var first = await _fixture.IngestAsync(store.Id, "a.md", "The lift runs at night.");

        var again = await Files.AddAsync(store.Id, new FileToAdd(first.FileId, Year(2022)), Token);

        again.Job.Id.ShouldBe(first.Job.Id);
        again.Attributes["year"].ShouldBe(AttributeValue.Of(2022));
        Collection(store).Find(first.FileId)!.Attributes["year"].ShouldBe(AttributeValue.Of(2022));
    }

    [Fact]
    public async Task AddAsync_OtherChunking_CutsTheFileAnew()
    {
        await _fixture.StartAsync();
        var store = await _fixture.StoreAsync();
        var text = string.Join(' ', Enumerable.Range(0, 600).Select(index => $"Sentence number {index} says something."));
        var first = await _fixture.IngestAsync(store.Id, "a.md", text);
        var before = Collection(store).ChunkCount;

        var again = await Files.AddAsync(store.Id, new FileToAdd(first.FileId, AttributesJson.None, new ChunkSizes(100, 0)), Token);
        await _fixture.Library.Runner.WaitAsync(again.Job.Id, Token);

        Collection(store).ChunkCount.ShouldBeGreaterThan(before);
    }

    [Fact]
    public async Task AddAsync_ChunksLongerThanTheModelTakes_AreEmbeddedInPieces()
    {
        var model = new HashingEmbedder { MaxTokens = 64 };
        await using var fixture = await new LibraryFixture(model).StartAsync();
        var store = await fixture.StoreAsync();
        var file = await fixture.UploadAsync("a.md", string.Join(' ', Enumerable.Repeat("A sentence of several words stands here.", 200)));

        var added = await fixture.Library.StoreFiles.AddAsync(store.Id, new FileToAdd(file.Id, AttributesJson.None, new ChunkSizes(400, 0)), Token);

        (await fixture.Library.Runner.WaitAsync(added.Job.Id, Token))!.State.ShouldBe(JobState.Done);
        var words = new WordTokenizer();
        model.Texts.ShouldAllBe(text => words.Count(text) <= 64);
        model.Texts.Count.ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task RemoveAsync_FileInWork_StopsItAndLeavesNoTrace()
    {
        var started = new TaskCompletionSource();
        _fixture.Reader.Before = async (_, token) =>
        {
            started.TrySetResult();
            await Task.Delay(Timeout.Infinite, token);
        };
        await _fixture.StartAsync();
        var store = await _fixture.StoreAsync();
        var file = await _fixture.UploadAsync("a.md", "text");
        var added = await Files.AddAsync(store.Id, new FileToAdd(file.Id, AttributesJson.None), Token);
        await started.Task.WaitAsync(Token);

        await Files.RemoveAsync(store.Id, file.Id, Token);

        _fixture.Library.Jobs.Find(added.Job.Id)!.State.ShouldBe(JobState.Cancelled);
        Should.Throw<VectorStoreException>(() => Files.Find(store.Id, file.Id)).Failure.ShouldBe(VectorStoreFailure.NotFound);
        Collection(store).DocumentCount.ShouldBe(0);
    }

    [Fact]
    public async Task RemoveAsync_CallerLeavesMeanwhile_IsAnsweredFromNoMore()
    {
        await using var fixture = await new LibraryFixture { Workers = 1 }.StartAsync();
        var store = await fixture.StoreAsync();
        var file = await fixture.IngestAsync(store.Id, "a.md", "The lift runs at night.");
        fixture.Reader.Before = (_, token) => Task.Delay(Timeout.Infinite, token);
        var other = await fixture.UploadAsync("b.md", "It keeps the only worker busy.");
        await fixture.Library.StoreFiles.AddAsync(store.Id, new FileToAdd(other.Id, AttributesJson.None), Token);
        await fixture.Library.StoreFiles.AddAsync(store.Id, new FileToAdd(file.FileId, AttributesJson.None, new ChunkSizes(100, 0)), Token);
        using var caller = new CancellationTokenSource();
        fixture.Library.Runner.Finished += _ => caller.Cancel();

        await fixture.Library.StoreFiles.RemoveAsync(store.Id, file.FileId, caller.Token);

        caller.IsCancellationRequested.ShouldBeTrue();
        (await fixture.SearchAsync(store.Id, "lift")).ShouldBeEmpty();
    }

    [Fact]
    public async Task SetAttributesAsync_CallerLeavesAndAsksAgain_ChangesWhatSearchesFilterBy()
    {
        await _fixture.StartAsync();
        var store = await _fixture.StoreAsync();
        var file = await _fixture.IngestAsync(store.Id, "a.md", "The lift runs at night.");
        using var caller = new CancellationTokenSource();
        var leaving = new LeavingAttributes(Year(2022), caller);

        await Should.ThrowAsync<OperationCanceledException>(() => Files.SetAttributesAsync(store.Id, file.FileId, leaving, caller.Token));
        await Files.SetAttributesAsync(store.Id, file.FileId, Year(2022), Token);

        Collection(store).Find(file.FileId)!.Attributes["year"].ShouldBe(AttributeValue.Of(2022));
    }

    [Fact]
    public async Task AddAsync_StoreDeletedMeanwhile_IsNotFound()
    {
        var (reading, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        _fixture.Reader.Before = (_, _) =>
        {
            reading.TrySetResult();
            return go.Task;
        };
        await _fixture.StartAsync();
        var store = await _fixture.StoreAsync();
        var file = await _fixture.UploadAsync("a.md", "text");
        await Files.AddAsync(store.Id, new FileToAdd(file.Id, AttributesJson.None), Token);
        await reading.Task.WaitAsync(Token);

        // Both wait for the job that runs: the store's row is gone by then, and the file is yet to be put in again.
        var again = Files.AddAsync(store.Id, new FileToAdd(file.Id, AttributesJson.None), Token);
        var delete = _fixture.Library.Stores.DeleteAsync(store.Id, Token);
        go.SetResult();
        await delete;

        (await Should.ThrowAsync<VectorStoreException>(() => again)).Failure.ShouldBe(VectorStoreFailure.NotFound);
    }

    [Fact]
    public async Task DeleteEverywhereAsync_FileOfTwoStores_IsAnsweredFromNoMore()
    {
        await _fixture.StartAsync();
        var (one, two) = (await _fixture.StoreAsync(), await _fixture.StoreAsync());
        var file = await _fixture.IngestAsync(one.Id, "a.md", "The lift runs at night.");
        var added = await Files.AddAsync(two.Id, new FileToAdd(file.FileId, AttributesJson.None), Token);
        await _fixture.Library.Runner.WaitAsync(added.Job.Id, Token);
        (await _fixture.SearchAsync(two.Id, "lift")).ShouldNotBeEmpty();

        (await Files.DeleteEverywhereAsync(file.FileId, Token)).ShouldBeTrue();

        (await _fixture.SearchAsync(one.Id, "lift")).ShouldBeEmpty();
        (await _fixture.SearchAsync(two.Id, "lift")).ShouldBeEmpty();
        _fixture.Library.Files.Find(file.FileId).ShouldBeNull();
        (await Files.DeleteEverywhereAsync(file.FileId, Token)).ShouldBeFalse();
    }

    [Fact]
    public async Task ReadText_FinishedAndFailedFile_GivesTheTextOrTheReason()
    {
        _fixture.Reader.Before = (name, _) => name == "bad.md" ? throw new JobFailedException("invalid_file", "It is broken.") : Task.CompletedTask;
        await _fixture.StartAsync();
        var store = await _fixture.StoreAsync();
        var good = await _fixture.IngestAsync(store.Id, "good.md", "The lift runs at night.");
        var bad = await _fixture.IngestAsync(store.Id, "bad.md", "x");

        Files.ReadText(store.Id, good.FileId).ShouldBe("The lift runs at night.");
        Should.Throw<VectorStoreException>(() => Files.ReadText(store.Id, bad.FileId)).Message.ShouldContain("It is broken.");
    }

    [Fact]
    public async Task List_Files_PagesInOrderOfAdding_AndRefusesAStrangeCursor()
    {
        var store = await _fixture.StoreAsync();
        var ids = new List<string>();
        for (var index = 0; index < 5; index++)
        {
            ids.Add((await _fixture.UploadAsync($"{index}.md", $"{index}")).Id);
        }

        ids.Reverse();
        foreach (var id in ids)
        {
            await Files.AddAsync(store.Id, new FileToAdd(id, AttributesJson.None), Token);
        }

        var page = Files.List(store.Id, [], new PageRequest(3, false, null, null));
        var rest = Files.List(store.Id, [JobState.Queued], new PageRequest(3, false, page.Items[^1].FileId, null));

        page.Items.Concat(rest.Items).Select(file => file.FileId).ShouldBe(ids);
        (page.HasMore, rest.HasMore).ShouldBe((true, false));
        Should.Throw<VectorStoreException>(() => Files.List(store.Id, [], new PageRequest(3, false, "file-none", null))).Parameter.ShouldBe("after");
    }

    private static Dictionary<string, AttributeValue> Year(int year) => new() { ["year"] = AttributeValue.Of(year) };

    private Retrieval.Collections.IDocumentCollection Collection(VectorStore store) =>
        _fixture.Collections.TryGet(store.CollectionId, out var collection) ? collection : throw new InvalidOperationException();
}
