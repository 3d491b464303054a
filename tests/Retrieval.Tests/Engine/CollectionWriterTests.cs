using GenAI.Retrieval.Engine;
using GenAI.Retrieval.Logs;
using GenAI.Retrieval.Storage;

namespace GenAI.Retrieval.Tests.Engine;

public sealed class CollectionWriterTests
{
    [Fact]
    public async Task WriteAsync_AfterClosing_SaysThatNothingWasWritten()
    {
        var directory = new MemoryDirectory();
        var writer = new CollectionWriter(directory, new CollectionState(Snapshot.Empty), LogWriter.Create(directory, CollectionFiles.Log(1)), 1, 0, () => { });
        await writer.DisposeAsync();

        var error = await Should.ThrowAsync<ObjectDisposedException>(() =>
            writer.WriteAsync(LogRecord.Delete(["a"]).Encode(), current => (current, 0), TestContext.Current.CancellationToken));

        error.Message.ShouldContain("nothing was written");
    }
}
