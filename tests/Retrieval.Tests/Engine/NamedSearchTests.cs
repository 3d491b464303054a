using GenAI.Retrieval.Collections;
using GenAI.Retrieval.Engine;
using GenAI.Retrieval.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace GenAI.Retrieval.Tests.Engine;

public sealed class NamedSearchTests
{
    private const string Report = "Net sales were 14 million. Net sales grew, and net sales will grow.";

    [Fact]
    public async Task Search_QuestionNamesAFile_FindsItBeforeOneThatSaysMore()
    {
        await using var collection = await OpenAsync();

        collection.Search(Request("What were net sales of Acme in FY2022?", 0), TestContext.Current.CancellationToken)[0].Document.Id.ShouldBe("bolt");
        var hits = collection.Search(Request("What were net sales of Acme in FY2022?", 2), TestContext.Current.CancellationToken);

        hits[0].Document.Id.ShouldBe("acme");
        hits[0].NameShare.ShouldBeGreaterThan(hits[1].NameShare);
        hits.ShouldAllBe(hit => hit.Score > 0 && hit.Score <= 1);
    }

    [Fact]
    public async Task Search_QuestionNamesNoFile_IsAsWithoutNames()
    {
        await using var collection = await OpenAsync();

        var named = collection.Search(Request("What were the net sales?", 2), TestContext.Current.CancellationToken);

        named.Select(hit => (hit.Document.Id, hit.Score)).ShouldBe(
            collection.Search(Request("What were the net sales?", 0), TestContext.Current.CancellationToken).Select(hit => (hit.Document.Id, hit.Score)));
    }

    [Fact]
    public async Task Search_LongFileName_IsReadWhole()
    {
        var directory = new MemoryDirectory();
        DocumentCollection.Create(directory, new CollectionConfig("c", 0, string.Empty));
        await using var collection = DocumentCollection.Open(directory, new EngineOptions(), NullLogger.Instance, CancellationToken.None);
        var name = string.Join('-', Enumerable.Repeat("ünter", 80)) + "-zebra.pdf";
        await collection.CommitAsync([Documents.Of("long", ["Net sales."], 0) with { FileName = name }], TestContext.Current.CancellationToken);

        collection.Search(Request("net sales zebra", 2), TestContext.Current.CancellationToken).ShouldHaveSingleItem().NameShare.ShouldBeGreaterThan(0);
    }

    private static SearchRequest Request(string text, double nameWeight) => new() { Text = text, NameWeight = nameWeight };

    private static async Task<DocumentCollection> OpenAsync()
    {
        var directory = new MemoryDirectory();
        DocumentCollection.Create(directory, new CollectionConfig("c", 0, string.Empty));
        var collection = DocumentCollection.Open(directory, new EngineOptions(), NullLogger.Instance, CancellationToken.None);
        await collection.CommitAsync(
            [
                Documents.Of("acme", ["Sales of all kinds of goods were discussed at some length by the board and others."], 0) with { FileName = "ACME_2022_10K.pdf" },
                Documents.Of("bolt", [Report + " Acme sued us in 2022."], 0) with { FileName = "BOLT_2021_10K.pdf" },
            ],
            TestContext.Current.CancellationToken);
        return collection;
    }
}
