using GenAI.Retrieval.Collections;
using GenAI.Retrieval.Packing;

namespace GenAI.Retrieval.Tests.Packing;

public sealed class ContextPackerTests
{
    private readonly ContextPacker _packer = new(passage => passage.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length);

    [Fact]
    public void Pack_Neighbours_BecomeOnePassageWordForWord()
    {
        var document = OneSection("a", "one two", "three four", "five six");

        var evidence = _packer.Pack([Hit(document, 1, .9), Hit(document, 0, .5)], 100);

        var passage = evidence.ShouldHaveSingleItem();
        passage.Text.ShouldBe("one two\nthree four");
        passage.Start.ShouldBe(0);
        passage.Score.ShouldBe(.9);
    }

    [Fact]
    public void Pack_MiddleChunkComesLast_JoinsBothSides()
    {
        var document = OneSection("a", "one two", "three four", "five six");

        var evidence = _packer.Pack([Hit(document, 0, .9), Hit(document, 2, .8), Hit(document, 1, .7)], 100);

        evidence.ShouldHaveSingleItem().Text.ShouldBe(document.Text);
    }

    [Fact]
    public void Pack_NeighboursOnTwoPages_StayApartSoThatEachPageIsRight()
    {
        var document = Documents.Of("a", ["one two", "three four"]);

        var evidence = _packer.Pack([Hit(document, 0, .9), Hit(document, 1, .8)], 100);

        evidence.Select(passage => passage.Page).ShouldBe([1, 2]);
    }

    [Fact]
    public void Pack_BudgetTooSmallForAll_TakesTheBestThatFit()
    {
        var document = Documents.Of("a", ["one two three", "four five six seven", "eight"]);

        var evidence = _packer.Pack([Hit(document, 0, .9), Hit(document, 1, .8), Hit(document, 2, .7)], 4);

        evidence.Select(passage => passage.Text).ShouldBe(["one two three", "eight"]);
    }

    [Fact]
    public void Pack_NeighboursThatDoNotFitTogether_KeepsTheBestHit()
    {
        var document = OneSection("a", "one two", "three four", "five six");

        var evidence = _packer.Pack([Hit(document, 2, .9), Hit(document, 1, .8), Hit(document, 0, .7)], 5);

        evidence.ShouldHaveSingleItem().Text.ShouldBe("three four\nfive six");
    }

    [Fact]
    public void Pack_SameTextTwice_IsGivenOnce()
    {
        var evidence = _packer.Pack([Hit(Documents.Of("a", ["same words"]), 0, .9), Hit(Documents.Of("b", ["same words"]), 0, .8)], 100);

        evidence.ShouldHaveSingleItem().DocumentId.ShouldBe("a");
    }

    [Fact]
    public void Pack_NothingFits_GivesTheBeginningOfTheBest()
    {
        var evidence = _packer.Pack([Hit(Documents.Of("a", ["one two three four"]), 0, .9)], 2);

        evidence.ShouldHaveSingleItem().Text.ShouldBe("one two");
        _packer.Pack([], 2).ShouldBeEmpty();
        new ContextPacker(passage => passage.Text.Length).Pack([Hit(Documents.Of("a", ["桥梁于一九七四年"]), 0, .9)], 3).ShouldHaveSingleItem().Text.ShouldBe("桥梁于");
        _packer.Pack([Hit(Documents.Of("a", ["one"]), 0, .9)], 0).ShouldBeEmpty();
    }

    private static CollectionDocument OneSection(string id, params string[] passages)
    {
        var document = Documents.Of(id, passages);
        return document with { Chunks = [.. document.Chunks.Select(chunk => chunk with { Page = null, Headings = ["Section"] })] };
    }

    private static SearchHit Hit(CollectionDocument document, int chunk, double score) =>
        new(document, document.Chunks[chunk], score, 1, 1, null, null);
}
