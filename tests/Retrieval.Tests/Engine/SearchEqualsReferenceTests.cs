using FsCheck;
using FsCheck.Fluent;
using GenAI.Retrieval.Collections;
using GenAI.Retrieval.Engine;
using GenAI.Retrieval.Filters;
using GenAI.Retrieval.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace GenAI.Retrieval.Tests.Engine;

/// <summary>Random corpora with replacements, deletions, checkpoints and merges, searched beside the plain formulas.</summary>
public sealed class SearchEqualsReferenceTests
{
    private const int Dimensions = 5;

    private static readonly string[] Words = ["fox", "wolf", "whale", "frog", "crane", "mole", "otter", "lynx"];

    [Fact]
    public void Search_AfterAnyHistory_EqualsTheReference() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => CheckAsync(new Random(seed)).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    private static async Task CheckAsync(Random random)
    {
        var directory = new MemoryDirectory();
        DocumentCollection.Create(directory, new CollectionConfig("c", Dimensions, "test"));
        var options = new EngineOptions { CheckpointBytes = random.Next(500, 8_000) };
        var reference = new NaiveIndex();
        var collection = Open(directory, options);
        try
        {
            for (var step = random.Next(5, 60); step > 0; step--)
            {
                var id = $"d{random.Next(15)}";
                switch (random.Next(10))
                {
                    case 0:
                        await collection.DisposeAsync();
                        collection = Open(directory, options);
                        break;
                    case < 3:
                        await collection.DeleteAsync([id], CancellationToken.None);
                        reference.Delete(id);
                        break;
                    default:
                        var document = RandomDocument(random, id);
                        await collection.CommitAsync([document], CancellationToken.None);
                        reference.Commit(document);
                        break;
                }
            }

            Compare(random, collection, reference);
        }
        finally
        {
            await collection.DisposeAsync();
        }
    }

    private static void Compare(Random random, DocumentCollection collection, NaiveIndex reference)
    {
        collection.DocumentIds().ShouldBe(reference.Ids);
        collection.DocumentsWithoutVectors().Select(document => document.Id).ShouldBe(reference.IdsWithoutVectors);
        for (var query = 0; query < 5; query++)
        {
            var text = Text(random, random.Next(1, 5));
            var vector = Documents.Vector($"query {random.Next()}", Dimensions);
            double? least = random.Next(2) == 0 ? null : random.Next(10);
            var filter = least is { } value ? new Filter.Comparison("n", ComparisonOperator.GreaterOrEqual, AttributeValue.Of(value)) : null;
            var top = random.Next(1, 30);
            var request = new SearchRequest { Text = text, Vector = vector, Top = 1000, Candidates = top, Filter = filter };
            ShouldAgree(Leg(collection, request with { Vector = default, Top = top }), reference.Words(text, least, top));
            ShouldAgree(Leg(collection, request with { Text = string.Empty, Top = top }), reference.Meaning(vector, least, top));
        }
    }

    private static List<(string Id, int Chunk, double Score)> Leg(DocumentCollection collection, SearchRequest request) =>
        [.. collection.Search(request, CancellationToken.None).Select(hit => (hit.Document.Id, hit.Chunk.Ordinal, hit.LexicalScore ?? hit.VectorScore!.Value))];

    /// <summary>Same scores in the same order; where scores are equal up to rounding, any of the tied passages may stand.</summary>
    private static void ShouldAgree(List<(string Id, int Chunk, double Score)> found, IReadOnlyList<(string Id, int Chunk, double Score)> expected)
    {
        found.Count.ShouldBe(expected.Count);
        for (var i = 0; i < found.Count; i++)
        {
            found[i].Score.ShouldBe(expected[i].Score, 1e-6);
            var tied = expected.Where(hit => Math.Abs(hit.Score - found[i].Score) < 1e-6).Select(hit => (hit.Id, hit.Chunk)).ToArray();
            var atCut = Math.Abs(expected[^1].Score - found[i].Score) < 1e-6;
            (atCut || tied.Contains((found[i].Id, found[i].Chunk))).ShouldBeTrue($"rank {i + 1}: {found[i]}");
        }
    }

    private static CollectionDocument RandomDocument(Random random, string id)
    {
        var passages = Enumerable.Range(0, random.Next(0, 5)).Select(_ => Text(random, random.Next(1, 12))).ToArray();
        var attributes = new Dictionary<string, AttributeValue>();
        if (random.Next(4) > 0)
        {
            attributes["n"] = AttributeValue.Of(random.Next(10));
        }

        var document = Documents.Of(id, passages, Dimensions, attributes) with { FileName = $"{Text(random, 1)}.txt" };
        return random.Next(3) == 0 ? document.WithoutVectors() : document;
    }

    private static string Text(Random random, int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => Words[random.Next(Words.Length)]));

    private static DocumentCollection Open(MemoryDirectory directory, EngineOptions options) =>
        DocumentCollection.Open(directory, options, NullLogger.Instance, CancellationToken.None);
}
