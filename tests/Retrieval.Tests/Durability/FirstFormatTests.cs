using GenAI.Retrieval.Collections;
using GenAI.Retrieval.Engine;
using Microsoft.Extensions.Logging.Abstractions;

namespace GenAI.Retrieval.Tests.Durability;

/// <summary>Opens the files of a collection as the first builds wrote them: every passage with its vector, none with a context.</summary>
/// <remarks>The folder holds a segment with two documents, one of them replaced in the log, and a log with two more.</remarks>
public sealed class FirstFormatTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task OpenAsync_FolderOfTheFirstFormat_FindsEverythingAndTakesMore()
    {
        Unpack();
        await using (var store = await OpenAsync())
        {
            var collection = Check(store);
            await collection.CommitAsync([Documents.Of("new", ["badgers dig"], 4).WithoutVectors()], Token);
        }

        await using var again = await OpenAsync();
        Check(again).DocumentsWithoutVectors().ShouldBe([new BareDocument("new", 1)]);
    }

    private static IDocumentCollection Check(FileCollectionStore store)
    {
        store.TryGet("first", out var collection).ShouldBeTrue();
        foreach (var (id, passage) in new[] { ("stored", "walruses sleep on ice"), ("replaced", "a later text about penguins"), ("logged", "otters hold hands") })
        {
            var hit = collection!.Search(new SearchRequest { Text = passage, Vector = Documents.Vector(passage, 4) }, Token)[0];
            (hit.Document.Id, hit.Chunk.Text, hit.LexicalRank, hit.VectorRank, hit.Chunk.Context).ShouldBe((id, passage, 1, 1, null));
            hit.VectorScore!.Value.ShouldBe(1, 1e-5);
        }

        collection!.Search(new SearchRequest { Text = "herring" }, Token).ShouldBeEmpty();
        return collection;
    }

    private void Unpack()
    {
        var target = Directory.CreateDirectory(Path.Combine(_folder.Path, "first")).FullName;
        foreach (var name in new[] { "00000001.segment", "00000002.log", "commit.json" })
        {
            using var file = File.Create(Path.Combine(target, name));
            using var packed = typeof(FirstFormatTests).Assembly.GetManifestResourceStream($"first-format/{name}")!;
            packed.CopyTo(file);
        }
    }

    private Task<FileCollectionStore> OpenAsync() => FileCollectionStore.OpenAsync(_folder.Path, NullLoggerFactory.Instance, cancellationToken: Token);
}
