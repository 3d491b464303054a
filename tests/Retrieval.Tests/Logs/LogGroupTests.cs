using GenAI.Retrieval.Logs;
using GenAI.Retrieval.Storage;

namespace GenAI.Retrieval.Tests.Logs;

/// <summary>Records that one sync makes durable, on a disk that lost some of them.</summary>
public sealed class LogGroupTests
{
    private const string Name = "1.log";

    private static readonly string Long = string.Concat(Enumerable.Repeat("long ", 400));

    private static readonly string[][] Groups = [["a", "b"], ["c"], [Long + 1, Long + 2, Long + 3]];

    [Fact]
    public void Read_Whole_GivesTheRecordsAndNoMarks()
    {
        var (whole, _) = Write(Groups);

        Read(whole, mayBeTorn: true, out var valid).ShouldBe(Groups.SelectMany(group => group));
        valid.ShouldBe(whole.Length);
    }

    [Fact]
    public void Read_LastGroupMissesAnySector_IsDroppedWholeAndTheRestKept()
    {
        // The first record grows, so that the sectors' borders fall on every place of the marks.
        for (var shift = 1; shift <= 512; shift++)
        {
            var first = new string('x', shift);
            var (whole, starts) = Write([[first], .. Groups[1..]]);
            for (var sector = starts[^1] / 512 * 512; sector < whole.Length; sector += 512)
            {
                var bytes = Without(whole, sector, starts[^1]);

                Read(bytes, mayBeTorn: true, out var valid).ShouldBe([first, "c"], $"sector at {sector} of {whole.Length}, group at {starts[^1]}");
                valid.ShouldBe(starts[^1]);
            }
        }
    }

    [Fact]
    public void Read_TornGroupBeforeALaterLog_IsReported()
    {
        var (whole, starts) = Write(Groups);

        Should.Throw<CorruptStoreException>(() => Read(Without(whole, starts[^1] / 512 * 512 + 512, starts[^1]), mayBeTorn: false, out _));
        Should.Throw<CorruptStoreException>(() => Read(whole[..^1], mayBeTorn: false, out _));
    }

    [Fact]
    public void Read_GroupBeforeAnotherMissesAnySector_IsReported()
    {
        // Something was appended behind it, so its sync had returned: it was acknowledged.
        var (whole, starts) = Write([.. Groups, ["later"]]);
        for (var sector = starts[2] / 512 * 512; sector < starts[3]; sector += 512)
        {
            var bytes = Without(whole, sector, starts[2], starts[3]);

            Should.Throw<CorruptStoreException>(() => Read(bytes, mayBeTorn: true, out _), $"sector at {sector}");
        }
    }

    [Fact]
    public void Read_CutAnywhereInTheLastGroup_DropsItWhole()
    {
        var (whole, starts) = Write([["a"], ["b"], ["c", "d"]]);
        for (var length = starts[^1]; length < whole.Length; length++)
        {
            Read(whole[..length], mayBeTorn: true, out var valid).ShouldBe(["a", "b"]);
            valid.ShouldBe(starts[^1]);
        }
    }

    [Fact]
    public void Read_AnyBitFlipped_NeverLosesOrChangesARecordInSilence()
    {
        // A record of 256 bytes begins with a zero, which a sector's border may cut off.
        var even = new string('e', 256 - LogRecord.Delete([""]).Encode().Length - 1);
        LogRecord.Delete([even]).Encode().Length.ShouldBe(256);
        for (var shift = 395; shift < 460; shift++)
        {
            var (whole, starts) = Write([[new string('x', shift)], ["b", even]]);
            for (var bit = starts[^1] * 8; bit < whole.Length * 8; bit++)
            {
                var bytes = whole.ToArray();
                bytes[bit / 8] ^= (byte)(1 << (bit % 8));

                Should.Throw<CorruptStoreException>(() => Read(bytes, mayBeTorn: true, out _), $"bit {bit} of a group at {starts[^1]}");
            }
        }
    }

    [Fact]
    public void Read_LastGroupCutOffAndWithoutItsBeginning_IsDropped()
    {
        var (whole, starts) = Write(Groups);
        var cut = Without(whole, starts[^1] / 512 * 512, starts[^1])[..^700];

        Read(cut, mayBeTorn: true, out var valid).ShouldBe(["a", "b", "c"]);
        valid.ShouldBe(starts[^1]);
    }

    /// <summary>The bytes with the part of a sector that lies between two offsets in zeros.</summary>
    private static byte[] Without(byte[] whole, int sector, int from, int? to = null)
    {
        var bytes = whole.ToArray();
        var start = Math.Max(sector, from);
        bytes.AsSpan(start, Math.Min(sector + 512, to ?? whole.Length) - start).Clear();
        return bytes;
    }

    private static (byte[] Bytes, int[] Starts) Write(string[][] groups)
    {
        var directory = new MemoryDirectory();
        var starts = new List<int>();
        using var log = LogWriter.Create(directory, Name);
        foreach (var group in groups)
        {
            starts.Add((int)log.Length);
            log.AppendGroup([.. group.Select(id => LogRecord.Delete([id]).Encode())]);
            log.Sync();
        }

        return (Bytes(directory), [.. starts]);
    }

    private static byte[] Bytes(MemoryDirectory directory)
    {
        var bytes = directory.Open(Name);
        return bytes.Slice(0, (int)bytes.Length).ToArray();
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
