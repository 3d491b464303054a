using System.Diagnostics;
using System.Globalization;
using GenAI.Retrieval.Collections;
using GenAI.Retrieval.Engine;
using Microsoft.Extensions.Logging.Abstractions;

namespace GenAI.Retrieval.Tests.Durability;

/// <summary>Kills a real process with SIGKILL while it writes, again and again over the same folder.</summary>
public sealed class KillTests
{
    private const int Rounds = 15;

    [Fact]
    public async Task Kill_AtRandomMoments_LosesNothingAcknowledged()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(20261121);
        var slots = new Dictionary<(int Writer, int Slot), SlotHistory>();
        var acknowledged = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var lines = await RunAndKillAsync(folder.Path, round, random.Next(1, 120));
            acknowledged += lines.Count(line => !line.StartsWith("try", StringComparison.Ordinal));
            foreach (var line in lines.Select(line => line.Split(' ')))
            {
                SlotHistory.Record(slots, line);
            }

            // Every second time the next process finds what the killed one left, not what a clean close made of it.
            if (round % 2 == 0)
            {
                await CheckAsync(folder.Path, slots);
            }
        }

        acknowledged.ShouldBeGreaterThan(Rounds * 10, "the processes died before they had written much");
    }

    /// <summary>Runs the writer until it has printed some lines and then a random moment longer.</summary>
    private static async Task<IReadOnlyList<string>> RunAndKillAsync(string folder, int seed, int linesBeforeKill)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "GenAI.Retrieval.Tests"))
        {
            ArgumentList = { KilledWriter.Argument, folder, seed.ToString(CultureInfo.InvariantCulture) },
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var lines = new List<string>();
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            lines.Add(line);
            if (lines.Count == linesBeforeKill)
            {
                process.Kill(); // SIGKILL: nothing in the process gets to run any more.
            }
        }

        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldNotBe(0);
        lines[0].ShouldBe("ready");
        return [.. lines.Skip(1)];
    }

    private static async Task CheckAsync(string folder, Dictionary<(int Writer, int Slot), SlotHistory> slots)
    {
        await using var store = await FileCollectionStore.OpenAsync(folder, NullLoggerFactory.Instance, cancellationToken: TestContext.Current.CancellationToken);
        if (!store.TryGet(KilledWriter.CollectionId, out var collection))
        {
            slots.ShouldBeEmpty();
            return;
        }

        foreach (var ((writer, slot), history) in slots)
        {
            var first = collection.Find(KilledWriter.Id(writer, slot, 0));
            var second = collection.Find(KilledWriter.Id(writer, slot, 1));
            first?.Text.ShouldBe(second?.Text, "half a commit is visible");
            (first is null).ShouldBe(second is null, "half a commit is visible");
            var version = first is null ? null : (int?)int.Parse(first.Text.Split(' ')[1], CultureInfo.InvariantCulture);
            history.Possible.ShouldContain(version, $"writer {writer} slot {slot}");
            history.Settle(version);
            if (first is not null)
            {
                CheckFound(collection, first, version!.Value);
            }
        }

        collection.DocumentCount.ShouldBe(2 * slots.Values.Count(history => history.Possible.Single() is not null));
        collection.ChunkCount.ShouldBe(3 * collection.DocumentCount);
    }

    /// <summary>The new text is found by its words and by its vector, and nothing of a replaced one is.</summary>
    private static void CheckFound(IDocumentCollection collection, CollectionDocument document, int version)
    {
        document.Chunks.Select(chunk => chunk.Text).ShouldBe(Enumerable.Range(0, 3).Select(passage => KilledWriter.Passage(version, passage)));
        var vector = Documents.Vector(document.Chunks[1].Text, KilledWriter.Dimensions);
        var text = version.ToString(CultureInfo.InvariantCulture);
        var hits = collection.Search(new SearchRequest { Text = text, Vector = vector, Top = 50 }, TestContext.Current.CancellationToken);
        hits.Count(hit => hit.LexicalRank is not null && hit.Document.Id == document.Id).ShouldBe(3);
        hits.ShouldContain(hit => hit.Document.Id == document.Id && hit.Chunk.Ordinal == 1 && hit.VectorScore > 0.999);
    }
}
