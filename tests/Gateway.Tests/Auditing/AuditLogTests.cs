using System.Security.Cryptography;
using System.Text;
using GenAI.Gateway.Auditing;
using GenAI.Gateway.Cli;
using GenAI.Gateway.Tests.Support;

namespace GenAI.Gateway.Tests.Auditing;

public sealed class AuditLogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("genai-audit-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Append_OverRestarts_KeepsOneChain()
    {
        Write(3);
        Write(2);

        AuditVerifier.Verify(_folder).Break.ShouldBeNull();
        File.ReadAllLines(LogFile).Length.ShouldBe(5);
    }

    [Theory]
    [InlineData("\"model\":\"m1\"", "\"model\":\"m9\"")]
    [InlineData("\"output_tokens\":1", "\"output_tokens\":0")]
    public void Verify_ChangedLine_NamesIt(string from, string to)
    {
        Write(3);
        File.WriteAllText(LogFile, File.ReadAllText(LogFile).Replace(from, to, StringComparison.Ordinal));

        AuditVerifier.Verify(_folder).Break!.ShouldContain("line 2");
    }

    [Fact]
    public void Verify_LineOfItsOwnHashWithANumberThatIsNone_NamesIt()
    {
        Write(1);
        var body = File.ReadAllText(LogFile).Split(",\"hash\"")[0].Replace("\"seq\":1", "\"seq\":1.5", StringComparison.Ordinal);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
        File.WriteAllText(LogFile, $"{body},\"hash\":\"{hash}\"}}\n");

        AuditVerifier.Verify(_folder).Break!.ShouldContain("line 1");
    }

    [Fact]
    public void Verify_LineTakenOut_NamesThePlace()
    {
        Write(3);
        File.WriteAllLines(LogFile, File.ReadAllLines(LogFile).Where((_, index) => index != 1));

        AuditVerifier.Verify(_folder).Break!.ShouldContain("line 2");
    }

    [Fact]
    public void Resume_TornLastLine_IsSetAsideAndTheChainGoesOn()
    {
        Write(2);
        File.AppendAllText(LogFile, "{\"seq\":3,\"tor");

        Write(1);

        AuditVerifier.Verify(_folder).Break.ShouldBeNull();
        File.ReadAllLines(LogFile).Length.ShouldBe(3);
        File.ReadAllText(LogFile + ".torn").ShouldContain("tor");
    }

    [Fact]
    public void Resume_ChangedLastLine_RefusesToGoOn()
    {
        Write(2);
        File.WriteAllText(LogFile, File.ReadAllText(LogFile).Replace("\"model\":\"m1\"", "\"model\":\"m9\"", StringComparison.Ordinal));

        Should.Throw<InvalidDataException>(() => Write(1)).Message.ShouldContain("does not match its hash");
    }

    [Fact]
    public void Append_CallsThatCrossTheMonth_KeepOneChain()
    {
        var november = new DateTimeOffset(2026, 11, 30, 23, 59, 59, TimeSpan.Zero);
        var clock = new SteppedClock { Now = november };
        using (var log = new AuditLog(_folder, clock))
        {
            log.Append(Entry(november, 0));
            clock.Now = november.AddSeconds(2);
            log.Append(Entry(clock.Now, 1));

            // One that began in the old month and ended in the new, and one written after the clock was set back.
            log.Append(Entry(november, 2));
            clock.Now = november;
            log.Append(Entry(november, 3));
        }

        using (var log = new AuditLog(_folder, clock))
        {
            log.Append(Entry(november, 4));
        }

        AuditVerifier.Verify(_folder).Break.ShouldBeNull();
        Directory.GetFiles(_folder).Sum(path => File.ReadAllLines(path).Length).ShouldBe(5);
    }

    [Fact]
    public void Append_DiskThatIsFullForAWhile_LeavesAWholeChainThatTellsTheGap()
    {
        FullDisk? disk = null;
        using (var log = new AuditLog(_folder, TimeProvider.System, path => disk = new FullDisk(path)))
        {
            log.Append(Entry(Noon, 0));
            disk!.Room = 100;
            Should.Throw<IOException>(() => log.Append(Entry(Noon, 1)));
            Should.Throw<IOException>(() => log.Append(Entry(Noon, 2)));
            disk.Room = int.MaxValue;
            log.Append(Entry(Noon, 3));
            log.Append(Entry(Noon, 4));
        }

        var found = AuditVerifier.Verify(_folder);
        found.Break.ShouldBeNull();
        found.Unfinished.ShouldBeNull();
        (found.Lines, found.Lost).ShouldBe((3, 2));
        File.ReadAllLines(LogFile)[1].ShouldContain("\"lost_before\":2");
    }

    [Fact]
    public void Resume_AfterADiskThatWasFull_SetsTheHalfLineAside()
    {
        FullDisk? disk = null;
        using (var log = new AuditLog(_folder, TimeProvider.System, path => disk = new FullDisk(path)))
        {
            log.Append(Entry(Noon, 0));
            disk!.Room = 100;
            Should.Throw<IOException>(() => log.Append(Entry(Noon, 1)));
        }

        AuditVerifier.Verify(_folder).Unfinished.ShouldBe(LogFile);
        Write(1);

        AuditVerifier.Verify(_folder).ShouldSatisfyAllConditions(found => found.Break.ShouldBeNull(), found => found.Lines.ShouldBe(2));
    }

    [Fact]
    public async Task Command_WholeThenChangedLog_SaysSoByExitCode()
    {
        var audit = Directory.CreateDirectory(Path.Combine(_folder, "data", "audit")).FullName;
        string[] command = ["audit", "verify", "--data", Path.Combine(_folder, "data")];
        using (var log = new AuditLog(audit, TimeProvider.System))
        {
            log.Append(Entry(Noon, 0));
            log.Append(Entry(Noon, 1));
            (await CommandLine.RunAsync(command)).ShouldBe(0);
        }

        var file = Directory.GetFiles(audit).Single();
        File.WriteAllText(file, File.ReadAllText(file).Replace("\"model\":\"m1\"", "\"model\":\"m9\"", StringComparison.Ordinal));

        (await CommandLine.RunAsync(command)).ShouldBe(1);
        (await CommandLine.RunAsync(["audit", "verify", "--data", Path.Combine(_folder, "nowhere")])).ShouldBe(1);
    }

    private static DateTimeOffset Noon => new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private string LogFile => Directory.GetFiles(_folder, "audit-*.jsonl").Single();

    private void Write(int count)
    {
        using var log = new AuditLog(_folder, TimeProvider.System);
        for (var i = 0; i < count; i++)
        {
            log.Append(Entry(new DateTimeOffset(2026, 11, 21, 12, 0, i, TimeSpan.Zero), i));
        }
    }

    private static AuditEntry Entry(DateTimeOffset time, int number) => new()
    {
        Time = time,
        RequestId = $"req_{number}",
        Principal = "local",
        Tenant = "default",
        Operation = "chat",
        Model = $"m{number}",
        Outcome = "completed",
        OutputTokens = number,
    };

    private sealed class SteppedClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
