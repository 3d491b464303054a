using System.Globalization;
using GenAI.Retrieval.Collections;
using GenAI.Retrieval.Engine;
using Microsoft.Extensions.Logging.Abstractions;

namespace GenAI.Retrieval.Tests.Durability;

/// <summary>The process that is killed: changes documents without end and prints each change once it is acknowledged.</summary>
/// <remarks>
/// Two writers work beside each other on ids of their own. Each batch holds two documents with the same version, so that
/// half a commit would show. Lines: <c>put WRITER SLOT VERSION</c> and <c>del WRITER SLOT VERSION</c>, preceded by
/// <c>try ...</c> when the change is on its way.
/// </remarks>
internal static class KilledWriter
{
    public const string Argument = "--killed-writer";
    public const string CollectionId = "kill";
    public const int Dimensions = 8;
    public const int Writers = 2;
    private const int Slots = 5;

    public static async Task<int> RunAsync(string folder, string seed)
    {
        // Small checkpoints: the process should die in the middle of them too.
        var options = new EngineOptions { CheckpointBytes = 6_000 };
        await using var store = await FileCollectionStore.OpenAsync(folder, NullLoggerFactory.Instance, options, CancellationToken.None);
        var collection = store.TryGet(CollectionId, out var found)
            ? found
            : await store.CreateAsync(new CollectionConfig(CollectionId, Dimensions, "test"), CancellationToken.None);
        Console.WriteLine("ready");
        var writers = Enumerable.Range(0, Writers).Select(writer => WriteAsync(collection, writer, int.Parse(seed, CultureInfo.InvariantCulture)));
        await Task.WhenAll(writers);
        return 0;
    }

    public static string Id(int writer, int slot, int half) => string.Create(CultureInfo.InvariantCulture, $"w{writer}-s{slot}-{half}");

    public static string Passage(int version, int passage) =>
        string.Create(CultureInfo.InvariantCulture, $"version {version} passage {passage} of a document that is killed {new string('x', version % 700)}");

    private static async Task WriteAsync(IDocumentCollection collection, int writer, int seed)
    {
        var random = new Random((seed * Writers) + writer);
        for (var version = (seed * 1_000_000) + 1; ; version++)
        {
            var slot = random.Next(Slots);
            var delete = random.Next(4) == 0;
            var what = string.Create(CultureInfo.InvariantCulture, $"{(delete ? "del" : "put")} {writer} {slot} {version}");
            Console.WriteLine($"try {what}");
            if (delete)
            {
                await collection.DeleteAsync([Id(writer, slot, 0), Id(writer, slot, 1)], CancellationToken.None);
            }
            else
            {
                var passages = Enumerable.Range(0, 3).Select(passage => Passage(version, passage)).ToArray();
                await collection.CommitAsync(
                    [Documents.Of(Id(writer, slot, 0), passages, Dimensions), Documents.Of(Id(writer, slot, 1), passages, Dimensions)],
                    CancellationToken.None);
            }

            Console.WriteLine(what);
        }
    }
}
