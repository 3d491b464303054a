using GenAI.Retrieval.Logs;
using GenAI.Retrieval.Storage;

namespace GenAI.Retrieval.Tests.Logs;

/// <summary>Records that stand outside of groups, as in folders of older versions, and what follows them.</summary>
public sealed class LogTests
{
    private const string Name = "1.log";

    private static readonly string[] Ids = ["first", "second with a longer id", "third"];

    [Fact]
    public void Read_CutAtEveryByteOfTheLastRecord_KeepsAllBefore()
    {
        var (whole, starts) = UngroupedLog.Of(Ids);
        for (var length = starts[^1]; length < whole.Length; length++)
        {
            Read(whole[..length], mayBeTorn: true, out var valid).ShouldBe(Ids[..^1]);
            valid.ShouldBe(starts[^1]);
        }

        Read(whole, mayBeTorn: true, out _).ShouldBe(Ids);
    }

    [Fact]
    public void Read_CutBeforeALaterLog_IsReportedAsDamage()
    {
        var (whole, starts) = UngroupedLog.Of(Ids);
        for (var length = starts[^1] + 1; length < whole.Length; length++)
        {
            Should.Throw<CorruptStoreException>(() => Read(whole[..length], mayBeTorn: false, out _));
        }
    }

    [Fact]
    public void Read_AnyBitFlipped_NeverLosesOrChangesARecordInSilence()
    {
        var (whole, _) = UngroupedLog.Of(Ids);
        for (var bit = 0; bit < whole.Length * 8; bit++)
        {
            var bytes = whole.ToArray();
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            var error = Should.Throw<CorruptStoreException>(() => Read(bytes, mayBeTorn: true, out _), $"bit {bit}");
            error.Message.ShouldContain(Name);
            error.Message.ShouldContain("backup");
        }
    }

    [Fact]
    public void Read_TailOfZeros_IsTorn()
    {
        // What a file system leaves when the length reached the disk before the bytes did.
        var (whole, starts) = UngroupedLog.Of(Ids);
        var bytes = whole.ToArray();
        bytes.AsSpan(starts[^1]).Clear();

        Read([.. bytes, .. new byte[700]], mayBeTorn: true, out var valid).ShouldBe(Ids[..^1]);
        valid.ShouldBe(starts[^1]);
    }

    [Fact]
    public void Read_LastRecordMissesASector_IsTorn()
    {
        var id = string.Concat(Enumerable.Repeat("long ", 400));
        var (whole, starts) = UngroupedLog.Of([.. Ids, id]);
        var bytes = whole.ToArray();
        bytes.AsSpan(1024, 512).Clear();

        Read(bytes, mayBeTorn: true, out var valid).ShouldBe(Ids);
        valid.ShouldBe(starts[^1]);
        Should.Throw<CorruptStoreException>(() => Read(bytes, mayBeTorn: false, out _));
    }

    [Fact]
    public void Read_RecordInTheMiddleMissesItsBeginning_IsReported()
    {
        // Without groups nobody knows what was acknowledged.
        var (whole, starts) = UngroupedLog.Of([.. Ids, new string('l', 1000), "last"]);
        var bytes = whole.ToArray();
        bytes.AsSpan(starts[^2], 512 - starts[^2]).Clear();

        Should.Throw<CorruptStoreException>(() => Read(bytes, mayBeTorn: true, out _));
    }

    [Fact]
    public void Continue_AfterATornRecord_AppendsBehindTheLastWholeOne()
    {
        var (whole, starts) = UngroupedLog.Of(Ids);
        var directory = new MemoryDirectory();
        using (var file = directory.Create(Name))
        {
            file.Append(whole.AsSpan(0, whole.Length - 3));
        }

        using (var log = LogWriter.Continue(directory, Name, starts[^1]))
        {
            log.AppendGroup([LogRecord.Delete(["fourth"]).Encode()]);
            log.Sync();
        }

        var bytes = directory.Open(Name);
        Read(bytes.Slice(0, (int)bytes.Length).ToArray(), mayBeTorn: true, out _).ShouldBe([.. Ids[..^1], "fourth"]);
    }

    [Fact]
    public void Append_LargeRecord_KeepsNoCopyOfIt()
    {
        using var folder = new TemporaryFolder();
        using var log = LogWriter.Create(new FileDirectory(folder.Path), Name);
        var payload = new byte[8 << 20];
        log.AppendGroup([payload.AsMemory(0, 1)]);
        var before = GC.GetAllocatedBytesForCurrentThread();

        log.AppendGroup([payload]);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1 << 20);
    }

    private static List<string> Read(byte[] bytes, bool mayBeTorn, out long valid)
    {
        var reader = new LogReader(Name, new ArrayBytes(bytes), mayBeTorn);
        var ids = new List<string>();
        if (reader.ReadFileHeader())
        {
            while (reader.TryRead(out var payload))
            {
                ids.AddRange(LogRecord.Decode(payload, dimensions: 0).DeletedIds);
            }
        }

        valid = reader.ValidLength;
        return ids;
    }
}
