using System.Runtime.CompilerServices;
using GenAI.Retrieval.Collections;
using GenAI.Retrieval.Engine;
using GenAI.Retrieval.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace GenAI.Retrieval.Tests.Engine;

public sealed class DocumentCacheTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Find_DocumentWhoseSegmentWasMergedAway_IsNotKeptWithItsSegment()
    {
        var disk = new MemoryDirectory();
        DocumentCollection.Create(disk, new CollectionConfig("c", 0, string.Empty));
        await using var collection = DocumentCollection.Open(disk, new EngineOptions(), NullLogger.Instance, Token);
        await collection.CommitAsync([Documents.Of("first", ["read once"])], Token);
        var read = Read(collection);

        // Each commit is a segment of its own until the loop merges eight of them.
        for (var i = 0; i < 200 && read.IsAlive; i++)
        {
            await collection.CommitAsync([Documents.Of($"d{i}", ["another"])], Token);
            GC.Collect();
        }

        read.IsAlive.ShouldBeFalse();
        collection.Find("first")!.Text.ShouldBe("read once");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Read(DocumentCollection collection) => new(collection.Find("first"));
}
