using GenAI.Pipelines.Tests.Storage;
using GenAI.Pipelines.VectorStores;

namespace GenAI.Pipelines.Tests.VectorStores;

public sealed class FolderSyncTests : IAsyncDisposable
{
    private readonly LibraryFixture _fixture = new();
    private readonly TempFolder _docs = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _fixture.DisposeAsync();
        _docs.Dispose();
    }

    [Fact]
    public async Task RunAsync_ChangedFolder_TakesOnlyWhatChanged()
    {
        await _fixture.StartAsync();
        var store = await _fixture.StoreAsync();
        _docs.Write("same.md", "This stays as it is.");
        _docs.Write("sub/changes.md", "Old words about penguins.");
        _docs.Write("goes.md", "This one vanishes.");
        var first = await SyncAsync(store.Id);
        (first.Added, first.Changed, first.Unchanged, first.Removed).ShouldBe((3, 0, 0, 0));
        var ids = FileIds(store.Id);

        _docs.Write("sub/changes.md", "New words about walruses");
        _docs.Write("new.md", "A new file about otters.");
        File.Delete(Path.Combine(_docs.Path, "goes.md"));
        var second = await SyncAsync(store.Id);

        (second.Added, second.Changed, second.Unchanged, second.Removed).ShouldBe((1, 1, 1, 1));
        (await _fixture.SearchAsync(store.Id, "walruses"))[0].ShouldBe("sub/changes.md");
        (await _fixture.SearchAsync(store.Id, "penguins vanishes")).ShouldNotContain("goes.md");
        FileIds(store.Id).Intersect(ids).Count().ShouldBe(2);
        _fixture.Library.Files.List(null, GenAI.Pipelines.Storage.PageRequest.First(10)).Items.Count.ShouldBe(3);

        var third = await SyncAsync(store.Id);
        (third.Unchanged, third.Jobs.Count).ShouldBe((3, 0));
    }

    [Fact]
    public async Task RunAsync_FolderThatIsGone_RemovesNothing()
    {
        await _fixture.StartAsync();
        var store = await _fixture.StoreAsync();
        _docs.Write("a.md", "This stays.");
        await SyncAsync(store.Id);

        await Should.ThrowAsync<DirectoryNotFoundException>(() =>
            _fixture.Library.Folders.RunAsync(store.Id, "docs", Path.Combine(_docs.Path, "gone"), Token));

        (await _fixture.SearchAsync(store.Id, "stays")).ShouldBe(["a.md"]);
    }

    [Fact]
    public async Task EnsureAsync_TwoStarts_MakesTheStoreOnceAndRespectsItsDeletion()
    {
        await _fixture.StartAsync();
        _docs.Write("a.md", "Handbook text about leave.");
        var reports = new List<IngestionProgress>();
        SampleFolder[] folders = [new("Handbook", _docs.Path), new("Missing", Path.Combine(_docs.Path, "none"))];

        await _fixture.Library.Samples.EnsureAsync(folders, new Collector(reports), Token);
        await _fixture.RestartAsync();
        var again = await _fixture.Library.Samples.EnsureAsync(folders, null, Token);

        var store = _fixture.Library.Stores.All().ShouldHaveSingleItem();
        store.Name.ShouldBe("Handbook");
        store.FileCounts.ShouldBe(new FileCounts(0, 1, 0, 0));
        again.ShouldHaveSingleItem().Unchanged.ShouldBe(1);
        reports[^1].Fraction.ShouldBe(1);
        reports[^1].Done.ShouldBe(1);

        await _fixture.Library.Stores.DeleteAsync(store.Id, Token);
        await _fixture.Library.Samples.EnsureAsync(folders, null, Token);
        _fixture.Library.Stores.All().ShouldBeEmpty();
    }

    private async Task<FolderSyncResult> SyncAsync(string storeId)
    {
        var result = await _fixture.Library.Folders.RunAsync(storeId, "docs", _docs.Path, Token);
        await _fixture.WaitForAllAsync(storeId);
        return result;
    }

    private List<string> FileIds(string storeId) =>
        [.. _fixture.Library.StoreFiles.List(storeId, [], GenAI.Pipelines.Storage.PageRequest.First(100)).Items.Select(file => file.FileId)];

    private sealed class Collector(List<IngestionProgress> reports) : IProgress<IngestionProgress>
    {
        public void Report(IngestionProgress value) => reports.Add(value);
    }
}
