using FsCheck;
using FsCheck.Fluent;
using GenAI.Retrieval.Collections;
using GenAI.Retrieval.Engine;
using GenAI.Retrieval.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace GenAI.Retrieval.Tests.Durability;

/// <summary>Cuts the power between any two changes to the disk, keeping only what was synced, again and again over one folder.</summary>
public sealed class PowerCutTests
{
    private const int Dimensions = 3;

    [Fact]
    public void PowerCut_BetweenAnyTwoChanges_LosesNothingAcknowledged() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => CheckAsync(new Random(seed)).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static async Task CheckAsync(Random random)
    {
        var disk = new MemoryDirectory();
        DocumentCollection.Create(disk, new CollectionConfig("c", Dimensions, "test"));
        var slots = Enumerable.Range(0, 4).ToDictionary(slot => $"d{slot}", _ => new HashSet<int?> { null });
        for (var cut = 0; cut < 3; cut++)
        {
            var directory = new PowerDirectory(disk, random.Next(1, 80));
            await WorkUntilDarkAsync(random, directory, slots, cut * 1000);
            disk = disk.AfterPowerCut(random);
            await using var collection = Open(disk, long.MaxValue);
            foreach (var (id, possible) in slots)
            {
                var found = collection.Find(id)?.Chunks[0].Text;
                possible.ShouldContain(found is null ? null : int.Parse(found.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture));
            }
        }
    }

    private static async Task WorkUntilDarkAsync(Random random, PowerDirectory directory, Dictionary<string, HashSet<int?>> slots, int version)
    {
        DocumentCollection collection;
        try
        {
            collection = Open(directory, random.Next(100, 2_000));
        }
        catch (IOException)
        {
            return;
        }

        try
        {
            while (true)
            {
                var id = $"d{random.Next(slots.Count)}";
                int? next = random.Next(4) == 0 ? null : ++version;
                slots[id].Add(next);
                await (next is null
                    ? collection.DeleteAsync([id], CancellationToken.None)
                    : collection.CommitAsync([Half(random, Documents.Of(id, [$"version {next}"], Dimensions))], CancellationToken.None));
                slots[id].Clear();
                slots[id].Add(next);
            }
        }
        catch (IOException)
        {
            // The power is gone; what was acknowledged until now must be found.
        }

        await collection.DisposeAsync();
    }

    /// <summary>Every second document as it is before it was embedded.</summary>
    private static CollectionDocument Half(Random random, CollectionDocument document) => random.Next(2) == 0 ? document : document.WithoutVectors();

    private static DocumentCollection Open(IDirectory directory, long checkpointBytes) =>
        DocumentCollection.Open(directory, new EngineOptions { CheckpointBytes = checkpointBytes }, NullLogger.Instance, CancellationToken.None);
}
