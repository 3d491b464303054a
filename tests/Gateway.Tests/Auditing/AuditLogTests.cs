using GenAI.Gateway.Auditing;

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

        AuditVerifier.FindBreak(_folder).ShouldBeNull();
        File.ReadAllLines(LogFile).Length.ShouldBe(5);
    }

    [Theory]
    [InlineData("\"model\":\"m1\"", "\"model\":\"m9\"")]
    [InlineData("\"output_tokens\":1", "\"output_tokens\":0")]
    public void Verify_ChangedLine_NamesIt(string from, string to)
    {
        Write(3);
        File.WriteAllText(LogFile, File.ReadAllText(LogFile).Replace(from, to, StringComparison.Ordinal));

        AuditVerifier.FindBreak(_folder)!.ShouldContain("line 2");
    }

    [Fact]
    public void Verify_LineTakenOut_NamesThePlace()
    {
        Write(3);
        File.WriteAllLines(LogFile, File.ReadAllLines(LogFile).Where((_, index) => index != 1));

        AuditVerifier.FindBreak(_folder)!.ShouldContain("line 2");
    }

    [Fact]
    public void Resume_TornLastLine_IsSetAsideAndTheChainGoesOn()
    {
        Write(2);
        File.AppendAllText(LogFile, "{\"seq\":3,\"tor");

        Write(1);

        AuditVerifier.FindBreak(_folder).ShouldBeNull();
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

        AuditVerifier.FindBreak(_folder).ShouldBeNull();
        Directory.GetFiles(_folder).Sum(path => File.ReadAllLines(path).Length).ShouldBe(5);
    }

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
