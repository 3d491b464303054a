using GenAI.Retrieval.Collections;
using GenAI.Retrieval.Engine;
using GenAI.Retrieval.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace GenAI.Retrieval.Tests.Engine;

public sealed class FileCollectionStoreTests : IDisposable
{
    private static readonly CollectionConfig Config = new("docs", 4, "test");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task OpenAsync_FolderInUse_SaysByWhom()
    {
        await using var first = await OpenAsync();

        var error = await Should.ThrowAsync<StoreInUseException>(OpenAsync);

        error.Message.ShouldContain(Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture));
        error.Message.ShouldContain(_folder.Path);
    }

    [Fact]
    public async Task OpenAsync_AfterClosing_FindsEverythingAgain()
    {
        var token = TestContext.Current.CancellationToken;
        await using (var store = await OpenAsync())
        {
            var collection = await store.CreateAsync(Config, token);
            await collection.CommitAsync([Documents.Of("a", ["red fox", "blue whale"], 4), Documents.Of("b", ["green frog"], 4)], token);
            await collection.CommitAsync([Documents.Of("a", ["white fox"], 4)], token);
            (await collection.DeleteAsync(["b", "unknown"], token)).ShouldBe(1);
        }

        await using var again = await OpenAsync();
        again.TryGet("docs", out var found).ShouldBeTrue();
        found!.Config.ShouldBe(Config);
        found.DocumentIds().ShouldBe(["a"]);
        found.ChunkCount.ShouldBe(1);
        found.Search(new SearchRequest { Text = "fox frog whale" }, token).ShouldHaveSingleItem().Chunk.Text.ShouldBe("white fox");
    }

    [Fact]
    public async Task DeleteAsync_Collection_IsGoneForGood()
    {
        var token = TestContext.Current.CancellationToken;
        await using (var store = await OpenAsync())
        {
            await store.CreateAsync(Config, token);
            (await store.DeleteAsync("docs", token)).ShouldBeTrue();
            (await store.DeleteAsync("docs", token)).ShouldBeFalse();
            store.List().ShouldBeEmpty();
        }

        await using var again = await OpenAsync();
        again.List().ShouldBeEmpty();
        await again.CreateAsync(Config, token);
    }

    [Fact]
    public async Task DeleteAsync_MarkCannotBeWritten_KeepsTheCollection()
    {
        var token = TestContext.Current.CancellationToken;
        await using var store = await OpenAsync();
        await (await store.CreateAsync(Config, token)).CommitAsync([Documents.Of("a", ["red fox"], 4)], token);
        Directory.CreateDirectory(Path.Combine(_folder.Path, "docs", "collection.deleted"));

        await Should.ThrowAsync<UnauthorizedAccessException>(() => store.DeleteAsync("docs", token));

        store.TryGet("docs", out var kept).ShouldBeTrue();
        kept!.Find("a").ShouldNotBeNull();
    }

    [Fact]
    public async Task OpenAsync_OwnerCannotBeNoted_OpensAllTheSame()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "store.owner"));

        await using var store = await OpenAsync();

        await Should.ThrowAsync<StoreInUseException>(OpenAsync);
    }

    [Fact]
    public async Task OpenAsync_OneDamagedCollection_OpensTheOthersAndNamesIt()
    {
        var token = TestContext.Current.CancellationToken;
        await using (var store = await OpenAsync())
        {
            await (await store.CreateAsync(Config, token)).CommitAsync([Documents.Of("a", ["red fox"], 4)], token);
            await (await store.CreateAsync(Config with { Id = "broken" }, token)).CommitAsync([Documents.Of("b", ["blue whale"], 4)], token);
        }

        var segment = Directory.GetFiles(Path.Combine(_folder.Path, "broken"), "*.segment").Single();
        var bytes = await File.ReadAllBytesAsync(segment, token);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(segment, bytes, token);

        await using (var again = await OpenAsync())
        {
            again.List().ShouldHaveSingleItem().Config.Id.ShouldBe("docs");
            again.TryGet("broken", out _).ShouldBeFalse();
            again.Damaged.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
                pair => pair.Key.ShouldBe("broken"), pair => pair.Value.ShouldContain(segment), pair => pair.Value.ShouldContain("backup"));
            await Should.ThrowAsync<ArgumentException>(() => again.CreateAsync(Config with { Id = "broken" }, token));
            (await File.ReadAllBytesAsync(segment, token)).ShouldBe(bytes);

            (await again.DeleteAsync("broken", token)).ShouldBeTrue();
            again.Damaged.ShouldBeEmpty();
            await again.CreateAsync(Config with { Id = "broken" }, token);
        }

        await using var last = await OpenAsync();
        last.Damaged.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("tenant 1")]
    public async Task CreateAsync_UnsafeId_IsRefused(string id)
    {
        await using var store = await OpenAsync();

        await Should.ThrowAsync<ArgumentException>(() => store.CreateAsync(Config with { Id = id }, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task CreateAsync_TakenIdOrForeignFolder_IsRefusedAndLeftAlone()
    {
        var foreign = Directory.CreateDirectory(Path.Combine(_folder.Path, "mine"));
        await File.WriteAllTextAsync(Path.Combine(foreign.FullName, "letter.txt"), "dear", TestContext.Current.CancellationToken);
        await using var store = await OpenAsync();
        await store.CreateAsync(Config, TestContext.Current.CancellationToken);

        await Should.ThrowAsync<ArgumentException>(() => store.CreateAsync(Config, TestContext.Current.CancellationToken));
        await Should.ThrowAsync<ArgumentException>(() => store.CreateAsync(Config with { Id = "mine" }, TestContext.Current.CancellationToken));

        File.Exists(Path.Combine(foreign.FullName, "letter.txt")).ShouldBeTrue();
    }

    private Task<FileCollectionStore> OpenAsync() =>
        FileCollectionStore.OpenAsync(_folder.Path, NullLoggerFactory.Instance, cancellationToken: TestContext.Current.CancellationToken);
}
