using System.Security.Cryptography;
using System.Text;
using GenAI.Pipelines.Files;
using GenAI.Pipelines.Storage;
using GenAI.Pipelines.Tests.Storage;
using Microsoft.Data.Sqlite;

namespace GenAI.Pipelines.Tests.Files;

public sealed class FileStoreTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ManualTimeProvider _time = new();
    private readonly Database _database;
    private readonly FileStore _files;

    public FileStoreTests()
    {
        _database = Database.Open(_folder.Path, _time);
        _files = new FileStore(_database, _folder.Path, _time);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _files.Dispose();
        _database.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task AddAsync_Upload_KeepsBytesNameAndHash()
    {
        var bytes = RandomNumberGenerator.GetBytes(1_000_003);

        var file = await _files.AddAsync(new MemoryStream(bytes), new FileUpload("a.bin", "assistants"), Token);

        file.Bytes.ShouldBe(bytes.Length);
        file.ContentHash.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(bytes)));
        _files.Find(file.Id).ShouldBe(file);
        (await ReadAsync(file)).ShouldBe(bytes);
        Directory.GetFiles(Path.Combine(_folder.Path, "files", "incoming")).ShouldBeEmpty();
    }

    [Fact]
    public async Task DeleteAsync_ContentNamedTwice_StaysUntilTheLastNameGoes()
    {
        var first = await AddAsync("a.txt", "same");
        var second = await AddAsync("b.txt", "same");

        (await _files.DeleteAsync(first.Id, Token)).ShouldBeTrue();
        File.Exists(_files.PathOf(second)).ShouldBeTrue();
        (await _files.DeleteAsync(second.Id, Token)).ShouldBeTrue();

        File.Exists(_files.PathOf(second)).ShouldBeFalse();
        _files.Find(second.Id).ShouldBeNull();
        (await _files.DeleteAsync(second.Id, Token)).ShouldBeFalse();
    }

    [Fact]
    public async Task AddAsync_StreamThatBreaks_LeavesNothingBehind()
    {
        await Should.ThrowAsync<IOException>(() => _files.AddAsync(new BreakingStream(300_000), new FileUpload("a", "assistants"), Token));

        Directory.GetFiles(Path.Combine(_folder.Path, "files"), "*", SearchOption.AllDirectories).ShouldBeEmpty();
        _files.List(null, PageRequest.First(10)).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task StageAsync_OverTheLimit_IsRefusedAndDropped()
    {
        using var blobs = new BlobStore(Path.Combine(_folder.Path, "small"));

        await Should.ThrowAsync<FileTooLargeException>(() => blobs.StageAsync(new MemoryStream(new byte[11]), maxBytes: 10, Token));

        Directory.GetFiles(Path.Combine(_folder.Path, "small"), "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task StageAsync_FullDisk_SaysSoAndLeavesNothing()
    {
        using var blobs = new BlobStore(Path.Combine(_folder.Path, "full"), path => new FullDisk(path, room: 200_000));

        var failure = await Should.ThrowAsync<StorageFullException>(() => blobs.StageAsync(new MemoryStream(new byte[300_000]), FileStore.MaxBytes, Token));

        failure.Message.ShouldContain("disk is full");
        Directory.GetFiles(Path.Combine(_folder.Path, "full"), "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task KeepAsync_RowThatFindsNoRoom_TakesTheBytesBack()
    {
        using var blobs = new BlobStore(Path.Combine(_folder.Path, "full"));
        using var staged = await blobs.StageAsync(new MemoryStream(new byte[10]), FileStore.MaxBytes, Token);

        await Should.ThrowAsync<StorageFullException>(() => blobs.KeepAsync<int>(staged, () => throw new SqliteException("database or disk is full", 13), Token));

        Directory.GetFiles(Path.Combine(_folder.Path, "full"), "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task Open_LeftoversOfAKill_AreSweptAndFilesStay()
    {
        var kept = await AddAsync("a.txt", "kept");
        _folder.Write("files/incoming/half", "half an upload");
        var orphan = _folder.Write($"files/ab/{new string('a', 64)}", "bytes whose row was never written");

        using var again = new FileStore(_database, _folder.Path, _time);

        File.Exists(orphan).ShouldBeFalse();
        Directory.GetFiles(Path.Combine(_folder.Path, "files", "incoming")).ShouldBeEmpty();
        (await ReadAsync(kept)).ShouldBe(Encoding.UTF8.GetBytes("kept"));
    }

    [Fact]
    public async Task Find_FileWhoseTimeIsOver_IsGone()
    {
        var file = await _files.AddAsync(new MemoryStream([1]), new FileUpload("a", "assistants", TimeSpan.FromHours(1)), Token);

        _files.Find(file.Id).ShouldNotBeNull();
        _time.Advance(TimeSpan.FromHours(2));

        _files.Find(file.Id).ShouldBeNull();
        _files.List(null, PageRequest.First(10)).Items.ShouldBeEmpty();
        _files.Expired().ShouldBe([file.Id]);
    }

    [Fact]
    public async Task ReplaceAsync_ChangedContent_KeepsTheIdAndDropsTheOldBytes()
    {
        var file = await AddAsync("a.txt", "old");

        var changed = await _files.ReplaceAsync(file.Id, new MemoryStream("new one"u8.ToArray()), Token);

        changed.ShouldNotBeNull().Id.ShouldBe(file.Id);
        changed.Bytes.ShouldBe(7);
        File.Exists(_files.PathOf(file)).ShouldBeFalse();
        (await ReadAsync(changed)).ShouldBe("new one"u8.ToArray());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task List_ManyFiles_PagesWithoutLossOrRepeatInBothDirections(bool descending)
    {
        var ids = new List<string>();
        for (var index = 0; index < 11; index++)
        {
            ids.Add((await AddAsync($"{index}.txt", $"{index}")).Id);
        }

        var expected = descending ? ids.AsEnumerable().Reverse().ToList() : ids;
        var seen = new List<string>();
        string? after = null;
        while (true)
        {
            var page = _files.List("assistants", new PageRequest(4, descending, after, null));
            seen.AddRange(page.Items.Select(file => file.Id));
            if (!page.HasMore)
            {
                break;
            }

            after = seen[^1];
        }

        seen.ShouldBe(expected);
        var before = _files.List(null, new PageRequest(3, descending, null, expected[7]));
        before.Items.Select(file => file.Id).ShouldBe(expected[4..7]);
        before.HasMore.ShouldBeTrue();
    }

    [Fact]
    public async Task List_CursorWhoseFileWasDeleted_GoesOnAfterIt()
    {
        var first = await AddAsync("a", "a");
        var second = await AddAsync("b", "b");
        var third = await AddAsync("c", "c");
        await _files.DeleteAsync(second.Id, Token);

        _files.List(null, new PageRequest(10, true, second.Id, null)).Items.ShouldBe([first]);
        _files.List(null, new PageRequest(10, false, second.Id, null)).Items.ShouldBe([third]);
    }

    private Task<StoredFile> AddAsync(string name, string text) =>
        _files.AddAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), new FileUpload(name, "assistants"), Token);

    private async Task<byte[]> ReadAsync(StoredFile file)
    {
        await using var stream = _files.OpenRead(file);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, Token);
        return copy.ToArray();
    }
}
