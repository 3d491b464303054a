using FsCheck;
using FsCheck.Fluent;
using GenAI.Retrieval.Collections;
using GenAI.Retrieval.Engine;
using GenAI.Retrieval.Logs;
using GenAI.Retrieval.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace GenAI.Retrieval.Tests.Durability;

/// <summary>Lets a few changes to the disk fail and then succeed again; the process goes on, is killed or loses power, and starts anew.</summary>
public sealed class DiskFullTests
{
    private const int Steps = 40;
    private const int KeptBytes = 5;

    [Fact]
    public void DiskFull_ForAWhile_LosesNothingAcknowledged() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => CheckAsync(new Random(seed)).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    private static async Task CheckAsync(Random random)
    {
        var disk = new MemoryDirectory();
        DocumentCollection.Create(disk, new CollectionConfig("c", 0, string.Empty));
        var directory = new PowerDirectory(disk, random.Next(3, 80), random.Next(1, 4));
        var possible = new Dictionary<string, HashSet<string>>();
        await using var collection = Open(directory, random.Next(100, 1_500));
        for (var step = 0; step < Steps; step++)
        {
            var (id, text) = ($"d{random.Next(5)}", $"step {step}");
            var versions = possible.TryGetValue(id, out var known) ? known : possible[id] = ["none"];
            try
            {
                await collection.CommitAsync([Documents.Of(id, [text])], CancellationToken.None);
                versions.Clear();
            }
            catch (IOException error)
            {
                error.Message.ShouldContain(".log");
            }

            versions.Add(text);
        }

        await using var again = Open(random.Next(2) == 0 ? disk.AfterPowerCut(random) : KilledWhileWriting(disk), long.MaxValue);
        foreach (var (id, versions) in possible)
        {
            versions.ShouldContain(again.Find(id)?.Text ?? "none");
        }
    }

    /// <summary>Killed in the middle of one more write: the log on the disk ends in a torn record. A log that could not be begun gets none.</summary>
    private static MemoryDirectory KilledWhileWriting(MemoryDirectory disk)
    {
        var left = disk.AfterKill();
        var last = left.Files().Where(name => CollectionFiles.LogNumber(name) >= 0).MaxBy(CollectionFiles.LogNumber)!;
        if (left.Length(last) >= LogFormat.FileHeaderLength)
        {
            left.Append(last).Append(new byte[KeptBytes]);
        }

        return left;
    }

    private static DocumentCollection Open(IDirectory directory, long checkpointBytes) =>
        DocumentCollection.Open(directory, new EngineOptions { CheckpointBytes = checkpointBytes }, NullLogger.Instance, CancellationToken.None);
}
