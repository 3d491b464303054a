using GenAI.Pipelines.Jobs;
using GenAI.Pipelines.Parsing;
using GenAI.Pipelines.Storage;
using GenAI.Pipelines.VectorStores;
using GenAI.Retrieval.Filters;

namespace GenAI.Pipelines.Tests.VectorStores;

public sealed class VectorStoreServiceTests : IAsyncDisposable
{
    private readonly LibraryFixture _fixture = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private VectorStoreService Stores => _fixture.Library.Stores;

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task CreateAsync_ThenModify_KeepsWhatIsNotNamed()
    {
        var store = await Stores.CreateAsync(new VectorStoreChanges("docs", new Dictionary<string, string> { ["team"] = "red" }, SetsExpiry: true, ExpiresAfterDays: 7), Token);

        var modified = Stores.Modify(store.Id, new VectorStoreChanges("papers", null));

        modified.Name.ShouldBe("papers");
        modified.Metadata["team"].ShouldBe("red");
        modified.ExpiresAfterDays.ShouldBe(7);
        _fixture.Collections.TryGet(store.CollectionId, out var collection).ShouldBeTrue();
        collection!.Config.Dimensions.ShouldBe(64);
        collection.Config.EmbeddingModel.ShouldBe("hashing");
    }

    [Fact]
    public async Task CreateAsync_TooMuchMetadata_IsRefusedWithTheLimits()
    {
        var many = Enumerable.Range(0, 17).ToDictionary(index => $"key{index}", _ => "value");

        var refusal = await Should.ThrowAsync<VectorStoreException>(() => Stores.CreateAsync(new VectorStoreChanges("docs", many), Token));

        refusal.Failure.ShouldBe(VectorStoreFailure.Invalid);
        refusal.Message.ShouldContain("16");
    }

    [Fact]
    public async Task DeleteAsync_Store_RemovesCollectionAndRowsAndKeepsTheFiles()
    {
        await _fixture.StartAsync();
        var store = await _fixture.StoreAsync();
        var file = await _fixture.IngestAsync(store.Id, "a.md", "The lift runs at night.");

        await Stores.DeleteAsync(store.Id, Token);

        Should.Throw<VectorStoreException>(() => Stores.Find(store.Id)).Failure.ShouldBe(VectorStoreFailure.NotFound);
        _fixture.Collections.List().ShouldBeEmpty();
        _fixture.Library.Files.Find(file.FileId).ShouldNotBeNull();
    }

    [Fact]
    public async Task SearchAsync_OneStore_FindsThePassageWithAScoreBetween0And1()
    {
        await _fixture.StartAsync();
        var store = await _fixture.StoreAsync();
        await _fixture.IngestAsync(store.Id, "lift.md", "The lift runs at night.");
        await _fixture.IngestAsync(store.Id, "soup.md", "Soup is served on Monday.");

        var hits = await Stores.SearchAsync([store.Id], "when does the lift run at night", null, null, 5, Token);

        hits[0].Document.FileName.ShouldBe("lift.md");
        hits[0].Score.ShouldBe(1, 0.001);
        hits.ShouldAllBe(hit => hit.Score >= 0 && hit.Score <= 1);
        hits.Select(hit => hit.Score).ShouldBe(hits.Select(hit => hit.Score).OrderDescending());
        ((HashingEmbedder)_fixture.Models).Texts.ShouldContain("query: when does the lift run at night");
        ((HashingEmbedder)_fixture.Models).Texts.ShouldContain(text => text.StartsWith("lift\n", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SearchAsync_SeveralStores_RanksThemAsOne()
    {
        await _fixture.StartAsync();
        var (first, second) = (await _fixture.StoreAsync(), await _fixture.StoreAsync());
        await _fixture.IngestAsync(first.Id, "weak.md", "The lift.");
        await _fixture.IngestAsync(second.Id, "strong.md", "The lift runs at night until four.");
        await _fixture.IngestAsync(second.Id, "off.md", "Soup.");

        var hits = await Stores.SearchAsync([first.Id, second.Id], "The lift runs at night until four", null, null, 2, Token);

        hits.Select(hit => hit.Document.FileName).ShouldBe(["strong.md", "weak.md"]);
        hits[0].Score.ShouldBeGreaterThan(hits[1].Score);
    }

    [Fact]
    public async Task SearchAsync_SeveralQueries_TakesTheBestOfEachPassage()
    {
        await _fixture.StartAsync();
        var store = await _fixture.StoreAsync();
        await _fixture.IngestAsync(store.Id, "lift.md", "lift runs");
        await _fixture.IngestAsync(store.Id, "soup.md", "soup tastes");

        var hits = await Stores.SearchAsync(new VectorStoreQuery { StoreIds = [store.Id], Texts = ["lift runs", "soup tastes"] }, Token);

        hits.Count.ShouldBe(2);
        hits.ShouldAllBe(hit => hit.Score > 0.99);
    }

    [Fact]
    public async Task SearchAsync_Filter_ReachesTheCollection()
    {
        await _fixture.StartAsync();
        var store = await _fixture.StoreAsync();
        foreach (var year in (int[])[2021, 2022])
        {
            var file = await _fixture.UploadAsync($"{year}.md", "The lift runs at night.");
            var attributes = new Dictionary<string, AttributeValue> { ["year"] = AttributeValue.Of(year) };
            var added = await _fixture.Library.StoreFiles.AddAsync(store.Id, new FileToAdd(file.Id, attributes), Token);
            await _fixture.Library.Runner.WaitAsync(added.Job.Id, Token);
        }

        var filter = new Filter.Comparison("year", ComparisonOperator.Equal, AttributeValue.Of(2022));
        var hits = await Stores.SearchAsync([store.Id], "lift", filter, null, 5, Token);

        hits.Select(hit => hit.Document.FileName).ShouldBe(["2022.md"]);
    }

    [Fact]
    public async Task SearchAsync_NoModel_SearchesByWords()
    {
        await using var fixture = await new LibraryFixture(new NoModel()).StartAsync();
        var store = await fixture.StoreAsync();
        await fixture.IngestAsync(store.Id, "lift.md", "The lift runs at night.");

        (await fixture.SearchAsync(store.Id, "lift")).ShouldBe(["lift.md"]);
        (await fixture.Library.Stores.SearchAsync([store.Id], "lift", null, null, 5, Token))[0].Score.ShouldBe(1, 0.001);
    }

    [Fact]
    public async Task SearchAsync_ExpiredStore_IsRefused_AndUseKeepsOneAlive()
    {
        var store = await Stores.CreateAsync(new VectorStoreChanges("docs", null, SetsExpiry: true, ExpiresAfterDays: 2), Token);
        _fixture.Time.Advance(TimeSpan.FromDays(1.5));
        await _fixture.SearchAsync(store.Id, "anything");
        _fixture.Time.Advance(TimeSpan.FromDays(1.5));
        await _fixture.SearchAsync(store.Id, "anything");
        _fixture.Time.Advance(TimeSpan.FromDays(2.5));

        var refusal = await Should.ThrowAsync<VectorStoreException>(() => _fixture.SearchAsync(store.Id, "anything"));

        refusal.Failure.ShouldBe(VectorStoreFailure.Expired);
    }

    [Fact]
    public async Task Live_ExpiredStore_IsLeftOut()
    {
        var store = await _fixture.StoreAsync();
        await Stores.CreateAsync(new VectorStoreChanges("old", null, SetsExpiry: true, ExpiresAfterDays: 2), Token);
        _fixture.Time.Advance(TimeSpan.FromDays(3));

        Stores.Live().ShouldHaveSingleItem().Id.ShouldBe(store.Id);
        Stores.All().Count.ShouldBe(2);
    }

    [Fact]
    public async Task List_Stores_PagesNewestFirst()
    {
        var ids = new List<string>();
        for (var index = 0; index < 5; index++)
        {
            ids.Add((await _fixture.StoreAsync()).Id);
        }

        var first = Stores.List(PageRequest.First(2));
        var rest = Stores.List(new PageRequest(10, true, first.Items[^1].Id, null));

        first.HasMore.ShouldBeTrue();
        rest.HasMore.ShouldBeFalse();
        first.Items.Concat(rest.Items).Select(store => store.Id).ShouldBe(ids.AsEnumerable().Reverse());
    }

    [Fact]
    public async Task FileCounts_FilesInEveryState_AreCountedAndSized()
    {
        _fixture.Reader.Before = (name, _) => name == "bad.md"
            ? throw new ParseException(ParseFailure.Malformed, "It is broken.")
            : Task.CompletedTask;
        await _fixture.StartAsync();
        var store = await _fixture.StoreAsync();
        await _fixture.IngestAsync(store.Id, "good.md", "The lift runs at night.");
        await _fixture.IngestAsync(store.Id, "bad.md", "x");

        var found = Stores.Find(store.Id);

        found.FileCounts.ShouldBe(new FileCounts(0, 1, 1, 0));
        found.UsageBytes.ShouldBe("The lift runs at night.".Length + (64 * sizeof(float)));
        _fixture.Library.StoreFiles.List(store.Id, [JobState.Failed], PageRequest.First(5)).Items
            .ShouldHaveSingleItem().Job.Error.ShouldBe(new JobError("invalid_file", "It is broken."));
    }
}
