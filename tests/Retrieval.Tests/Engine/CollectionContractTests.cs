using GenAI.Retrieval.Collections;
using GenAI.Retrieval.Engine;
using GenAI.Retrieval.Filters;
using GenAI.Retrieval.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace GenAI.Retrieval.Tests.Engine;

/// <summary>What every collection does, whatever it is stored in.</summary>
public abstract class CollectionContractTests : IAsyncDisposable
{
    private const int Dimensions = 6;

    private readonly List<DocumentCollection> _open = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected abstract IDirectory Folder { get; }

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var collection in _open)
        {
            await collection.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task CommitAsync_Document_ComesBackAsItWas()
    {
        var collection = Create();
        var attributes = new Dictionary<string, AttributeValue> { ["year"] = AttributeValue.Of(2024), ["team"] = AttributeValue.Of("hr"), ["final"] = AttributeValue.Of(true) };
        var document = Documents.Of("a", ["caf\u00e9 \ud83d\ude00", "half \ud83d pair", "", "more"], Dimensions, attributes, ["staff"]);
        string?[] contexts = ["Above", "Above", null, ""];
        document = document with { Chunks = [.. document.Chunks.Zip(contexts, (chunk, context) => chunk with { Context = context })] };

        await collection.CommitAsync([document], Token);

        foreach (var found in new[] { collection.Find("a")!, (await ReopenAsync(collection)).Find("a")! })
        {
            (found.Id, found.FileName, found.ContentHash, found.Text).ShouldBe((document.Id, document.FileName, document.ContentHash, document.Text));
            found.Attributes.ShouldBe(document.Attributes);
            found.Labels.ShouldBe(document.Labels);
            found.Chunks.Count.ShouldBe(4);
            found.Chunks.Select(chunk => chunk.Context).ShouldBe(contexts);
            foreach (var (chunk, expected) in found.Chunks.Zip(document.Chunks))
            {
                (chunk.Ordinal, chunk.Text, chunk.Start, chunk.End, chunk.Page).ShouldBe((expected.Ordinal, expected.Text, expected.Start, expected.End, expected.Page));
                chunk.Headings.ShouldBe(expected.Headings);
                chunk.Vector.ToArray().ShouldBe(expected.Vector.ToArray());
            }
        }
    }

    [Fact]
    public async Task CommitAsync_SameId_ReplacesInWordsVectorsAndFilters()
    {
        var collection = Create();
        await collection.CommitAsync([Tagged("a", "old", "red fox"), Tagged("b", "old", "blue whale")], Token);

        await collection.CommitAsync([Tagged("a", "new", "green frog")], Token);

        collection.DocumentIds().ShouldBe(["b", "a"]);
        (collection.DocumentCount, collection.ChunkCount).ShouldBe((2, 2));
        Find(collection, "fox").ShouldBeEmpty();
        Find(collection, "frog").ShouldBe(["a"]);
        Find(collection, "frog whale", new Filter.Comparison("tag", ComparisonOperator.Equal, AttributeValue.Of("old"))).ShouldBe(["b"]);
    }

    [Theory]
    [InlineData("Part 0\n| Region | Turnover |", "a")]
    [InlineData("| Region | Turnover |", "a")]
    [InlineData("Part 0 > Turnover", null)]
    [InlineData(null, null)]
    public async Task CommitAsync_PassageInsideATable_IsFoundByTheTablesHeader(string? context, string? found)
    {
        var collection = Create();
        var document = Documents.Of("a", ["| North | 17 |"], Dimensions);

        await collection.CommitAsync([document with { Chunks = [document.Chunks[0] with { Context = context }] }], Token);

        Find(collection, "turnover").ShouldBe(found is null ? [] : [found]);
        Find(collection, "north").ShouldBe(["a"]);
    }

    [Fact]
    public async Task DeleteAsync_KnownAndUnknown_RemovesAndCounts()
    {
        var collection = Create();
        await collection.CommitAsync([Documents.Of("a", ["one"], Dimensions), Documents.Of("b", ["two"], Dimensions)], Token);

        (await collection.DeleteAsync(["a", "a", "nobody"], Token)).ShouldBe(1);
        (await collection.DeleteAsync(["a"], Token)).ShouldBe(0);

        collection.Find("a").ShouldBeNull();
        collection.DocumentIds().ShouldBe(["b"]);
        (await ReopenAsync(collection)).DocumentIds().ShouldBe(["b"]);
    }

    [Fact]
    public async Task Search_OneLegOrBoth_TellsRankAndScoreOfEach()
    {
        var collection = Create();
        await collection.CommitAsync([Documents.Of("a", ["red fox", "grey wolf"], Dimensions), Documents.Of("b", ["red whale"], Dimensions)], Token);
        var wolf = Documents.Vector("grey wolf", Dimensions);

        var words = collection.Search(new SearchRequest { Text = "red fox" }, Token);
        words.Select(hit => hit.Chunk.Text).ShouldBe(["red fox", "red whale"]);
        words.ShouldAllBe(hit => hit.VectorRank == null && hit.VectorScore == null && hit.LexicalScore > 0);
        words[0].Score.ShouldBe(1);

        var meaning = collection.Search(new SearchRequest { Text = string.Empty, Vector = wolf, Top = 2 }, Token);
        meaning[0].Chunk.Text.ShouldBe("grey wolf");
        meaning[0].VectorScore!.Value.ShouldBe(1, 1e-5);
        (meaning[0].LexicalRank, meaning[0].VectorRank, meaning.Count).ShouldBe((null, 1, 2));

        var both = collection.Search(new SearchRequest { Text = "wolf", Vector = wolf }, Token);
        (both[0].LexicalRank, both[0].VectorRank, both[0].Score, both.Count).ShouldBe((1, 1, 1, 3));
        collection.Search(new SearchRequest { Text = " " }, Token).ShouldBeEmpty();
    }

    [Fact]
    public async Task Search_DocumentWithoutVectors_StandsWhereItsWordsPutIt()
    {
        var collection = Create();
        var bare = Documents.Of("bare", ["a red fox runs", "grey wolf"], Dimensions).WithoutVectors();
        await collection.CommitAsync([Documents.Of("full", ["red fox", "red whale"], Dimensions), bare], Token);
        var both = new SearchRequest { Text = "runs", Vector = Documents.Vector("red fox", Dimensions) };

        foreach (var state in new[] { collection, await ReopenAsync(collection) })
        {
            var hits = state.Search(both, Token);
            (hits[0].Document.Id, hits[0].Score, hits[0].LexicalRank, hits[0].VectorRank).ShouldBe(("bare", 1, 1, null));
            hits.Select(hit => hit.Document.Id).ShouldBe(["bare", "full", "full"]);
            state.Search(both with { Text = "" }, Token).ShouldAllBe(hit => hit.Document.Id == "full");
            state.DocumentsWithoutVectors().ShouldBe([new BareDocument("bare", 2)]);
            state.Find("bare")!.HasVectors.ShouldBeFalse();
        }
    }

    [Fact]
    public async Task CommitAsync_VectorsAfterTheWords_MakesItTheSameAsOneCommitOfBoth()
    {
        var (one, two) = (Create(), Create());
        var documents = Enumerable.Range(0, 20).Select(i => Documents.Of($"d{i}", [$"red fox {i}", $"whale {i % 3}"], Dimensions)).ToArray();
        await one.CommitAsync(documents, Token);
        await two.CommitAsync([.. documents.Select(document => document.WithoutVectors())], Token);
        foreach (var document in documents)
        {
            await two.CommitAsync([two.Find(document.Id)! with { Chunks = document.Chunks }], Token);
        }

        var request = new SearchRequest { Text = "whale 2", Vector = Documents.Vector("red fox 7", Dimensions), Top = 40 };
        var expected = one.Search(request, Token).Select(hit => (hit.Document.Id, hit.Chunk.Ordinal, hit.Score)).ToArray();
        foreach (var state in new[] { two, await ReopenAsync(two) })
        {
            state.DocumentsWithoutVectors().ShouldBeEmpty();
            state.Search(request, Token).Select(hit => (hit.Document.Id, hit.Chunk.Ordinal, hit.Score)).ShouldBe(expected);
        }
    }

    [Fact]
    public async Task Search_RareFilterAndLabels_FindWhatFewDocumentsHave()
    {
        var collection = Create();
        var documents = Enumerable.Range(0, 300).Select(i => Documents.Of(
            $"d{i}",
            [$"common words and number {i}"],
            Dimensions,
            new Dictionary<string, AttributeValue> { ["n"] = AttributeValue.Of(i) },
            i == 299 ? ["secret"] : []));
        await collection.CommitAsync([.. documents], Token);
        var last = new Filter.Comparison("n", ComparisonOperator.GreaterOrEqual, AttributeValue.Of(298));
        var request = new SearchRequest { Text = "common words", Vector = Documents.Vector("x", Dimensions), Top = 5, Candidates = 5, Filter = last };

        collection.Search(request, Token).Select(hit => hit.Document.Id).ShouldBe(["d298", "d299"], ignoreOrder: true);
        collection.Search(request with { Labels = new HashSet<string>() }, Token).Select(hit => hit.Document.Id).ShouldBe(["d298"]);
        collection.Search(request with { Labels = new HashSet<string> { "secret" } }, Token).Count.ShouldBe(2);
    }

    [Fact]
    public async Task CommitAsync_BadDocument_IsRefusedAndChangesNothing()
    {
        var collection = Create();
        var good = Documents.Of("a", ["one two"], Dimensions);
        var chunk = good.Chunks[0];
        CollectionDocument[] bad =
        [
            good with { Chunks = [chunk with { Vector = new float[Dimensions + 1] }] },
            good with { Chunks = [chunk with { Vector = Enumerable.Repeat(3f, Dimensions).ToArray() }] },
            good with { Chunks = [chunk with { Vector = Enumerable.Repeat(float.NaN, Dimensions).ToArray() }] },
            Documents.Of("a", ["one", "two"], Dimensions) is var two ? two with { Chunks = [two.Chunks[0], two.Chunks[1] with { Vector = default }] } : two,
            good with { Chunks = [chunk with { End = chunk.End - 1 }] },
            good with { Chunks = [chunk with { End = 1000 }] },
            good with { Chunks = [chunk with { Ordinal = 4 }] },
            good with { Id = string.Empty },
            good with { Attributes = new Dictionary<string, AttributeValue> { ["x"] = AttributeValue.Of(double.NaN) } },
        ];

        foreach (var document in bad)
        {
            await Should.ThrowAsync<ArgumentException>(() => collection.CommitAsync([Documents.Of("b", ["fine"], Dimensions), document], Token));
        }

        await Should.ThrowAsync<ArgumentException>(() => collection.CommitAsync([good, good], Token));
        Should.Throw<ArgumentException>(() => collection.Search(new SearchRequest { Text = "x", Vector = new float[3] }, Token));
        Should.Throw<ArgumentException>(() => collection.Search(new SearchRequest { Text = "x", Top = 0 }, Token));
        collection.DocumentCount.ShouldBe(0);
    }

    [Fact]
    public async Task CommitAsync_ManyWritersAndReaders_EachSeesWholeCommits()
    {
        var collection = Create();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var reader = Task.Run(
            () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    var hits = collection.Search(new SearchRequest { Text = "twin", Top = 1000 }, Token);
                    hits.GroupBy(hit => hit.Document.Id[..^1]).ShouldAllBe(pair => pair.Count() == 2);
                }
            },
            Token);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(
            async () =>
            {
                for (var i = 0; i < 25; i++)
                {
                    await collection.CommitAsync([Documents.Of($"w{writer}-{i}-a", ["twin"], Dimensions), Documents.Of($"w{writer}-{i}-b", ["twin"], Dimensions)], Token);
                }
            },
            Token)));
        await stop.CancelAsync();
        await reader;

        collection.DocumentCount.ShouldBe(200);
        (await ReopenAsync(collection)).DocumentCount.ShouldBe(200);
    }

    [Fact]
    public async Task DisposeAsync_AfterWrites_LeavesNothingToReplay()
    {
        var collection = Create();
        await collection.CommitAsync([Documents.Of("a", ["one"], Dimensions)], Token);
        await collection.DisposeAsync();

        Folder.Files().Count(name => name.EndsWith(CollectionFiles.SegmentSuffix, StringComparison.Ordinal)).ShouldBe(1);
        Folder.Files().Where(name => name.EndsWith(CollectionFiles.LogSuffix, StringComparison.Ordinal))
            .ShouldHaveSingleItem().ShouldSatisfyAllConditions(log => Folder.Length(log).ShouldBe(8));
        await Should.ThrowAsync<ObjectDisposedException>(() => collection.CommitAsync([], Token));
    }

    private static CollectionDocument Tagged(string id, string tag, string text) =>
        Documents.Of(id, [text], Dimensions, new Dictionary<string, AttributeValue> { ["tag"] = AttributeValue.Of(tag) });

    private static IEnumerable<string> Find(DocumentCollection collection, string text, Filter? filter = null) =>
        collection.Search(new SearchRequest { Text = text, Filter = filter }, Token).Select(hit => hit.Document.Id);

    private DocumentCollection Create()
    {
        DocumentCollection.Create(Folder, new CollectionConfig("c", Dimensions, "test"));
        return Open();
    }

    private async Task<DocumentCollection> ReopenAsync(DocumentCollection collection)
    {
        await collection.DisposeAsync();
        return Open();
    }

    private DocumentCollection Open()
    {
        var collection = DocumentCollection.Open(Folder, new EngineOptions(), NullLogger.Instance, Token);
        _open.Add(collection);
        return collection;
    }
}
