using GenAI.Pipelines.Jobs;
using GenAI.Pipelines.Storage;
using GenAI.Pipelines.VectorStores;

namespace GenAI.Pipelines.Tests.VectorStores;

public sealed class FileBatchServiceTests : IAsyncDisposable
{
    private readonly LibraryFixture _fixture = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private FileBatchService Batches => _fixture.Library.Batches;

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task CreateAsync_MixedFiles_CountsEachWhereItEnds()
    {
        _fixture.Reader.Before = (name, _) => name == "2.md" ? throw new JobFailedException("invalid_file", "broken") : Task.CompletedTask;
        await _fixture.StartAsync();
        var store = await _fixture.StoreAsync();

        var batch = await Batches.CreateAsync(store.Id, await UploadAsync(4), Token);
        await _fixture.WaitForAllAsync(store.Id);

        Batches.Find(store.Id, batch.Id).FileCounts.ShouldBe(new FileCounts(0, 3, 1, 0));
        Batches.ListFiles(store.Id, batch.Id, [JobState.Done], PageRequest.First(10)).Items.Count.ShouldBe(3);
    }

    [Fact]
    public async Task CancelAsync_BatchInWork_StopsWhatHasNotFinished()
    {
        var waiting = new TaskCompletionSource();
        _fixture.Reader.Before = (name, token) =>
        {
            if (name == "0.md")
            {
                return Task.CompletedTask;
            }

            waiting.TrySetResult();
            return Task.Delay(Timeout.Infinite, token);
        };
        await _fixture.StartAsync();
        var store = await _fixture.StoreAsync();
        var files = await UploadAsync(6);
        var first = await _fixture.Library.StoreFiles.AddAsync(store.Id, files[0], Token);
        await _fixture.Library.Runner.WaitAsync(first.Job.Id, Token);
        var batch = await Batches.CreateAsync(store.Id, files, Token);
        await waiting.Task.WaitAsync(Token);

        var cancelled = await Batches.CancelAsync(store.Id, batch.Id, Token);

        cancelled.FileCounts.ShouldBe(new FileCounts(0, 1, 0, 5));
    }

    [Fact]
    public async Task Prune_LongAfter_LeavesTheJobsOfFilesThatAreStillThere()
    {
        await _fixture.StartAsync();
        var store = await _fixture.StoreAsync();
        var files = await UploadAsync(3);
        var batch = await Batches.CreateAsync(store.Id, files, Token);
        await _fixture.WaitForAllAsync(store.Id);
        await _fixture.Library.StoreFiles.DeleteEverywhereAsync(files[0].FileId, Token);
        var jobs = _fixture.Library.Jobs;

        jobs.Prune(_fixture.Time.GetUtcNow()).ShouldBe(0);
        jobs.List(null, PageRequest.First(10)).Items.Count.ShouldBe(3);
        _fixture.Time.Advance(TimeSpan.FromDays(31));
        jobs.Prune(_fixture.Time.GetUtcNow() - TimeSpan.FromDays(30)).ShouldBe(1);

        jobs.List(null, PageRequest.First(10)).Items.Count.ShouldBe(2);
        _fixture.Library.StoreFiles.Find(store.Id, files[1].FileId).Job.State.ShouldBe(JobState.Done);
        Should.Throw<VectorStoreException>(() => Batches.Find(store.Id, batch.Id)).Failure.ShouldBe(VectorStoreFailure.NotFound);
    }

    [Fact]
    public async Task StartAsync_JobsThatEndedLongAgo_AreRemovedInTheBackground()
    {
        await _fixture.StartAsync();
        var store = await _fixture.StoreAsync();
        var file = await _fixture.IngestAsync(store.Id, "a.md", "text");
        await _fixture.Library.StoreFiles.DeleteEverywhereAsync(file.FileId, Token);
        _fixture.Library.Jobs.Find(file.Job.Id).ShouldNotBeNull();
        _fixture.Time.Advance(TimeSpan.FromDays(31));

        await _fixture.RestartAsync();

        while (_fixture.Library.Jobs.Find(file.Job.Id) is not null)
        {
            Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    [Fact]
    public async Task CreateAsync_OneUnknownFile_AddsNone()
    {
        var store = await _fixture.StoreAsync();
        var files = (await UploadAsync(1)).Append(new FileToAdd("file-none", AttributesJson.None)).ToList();

        await Should.ThrowAsync<VectorStoreException>(() => Batches.CreateAsync(store.Id, files, Token));

        _fixture.Library.Stores.Find(store.Id).FileCounts.Total.ShouldBe(0);
    }

    [Fact]
    public async Task CreateAsync_TooManyOrNone_IsRefused()
    {
        var store = await _fixture.StoreAsync();
        var many = Enumerable.Range(0, FileBatchService.MaxFiles + 1).Select(index => new FileToAdd($"file-{index}", AttributesJson.None)).ToList();

        (await Should.ThrowAsync<VectorStoreException>(() => Batches.CreateAsync(store.Id, many, Token))).Message.ShouldContain("2000");
        await Should.ThrowAsync<VectorStoreException>(() => Batches.CreateAsync(store.Id, [], Token));
    }

    private async Task<List<FileToAdd>> UploadAsync(int count)
    {
        var files = new List<FileToAdd>();
        for (var index = 0; index < count; index++)
        {
            files.Add(new FileToAdd((await _fixture.UploadAsync($"{index}.md", $"Text number {index}.")).Id, AttributesJson.None));
        }

        return files;
    }
}
