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

    private string LogFile => Directory.GetFiles(_folder, "audit-*.jsonl").Single();

    private void Write(int count)
    {
        using var log = new AuditLog(_folder, TimeProvider.System);
        for (var i = 0; i < count; i++)
        {
            log.Append(new AuditEntry
            {
                Time = new DateTimeOffset(2026, 11, 21, 12, 0, i, TimeSpan.Zero),
                RequestId = $"req_{i}",
                Principal = "local",
                Tenant = "default",
                Operation = "chat",
                Model = $"m{i}",
                Outcome = "completed",
                OutputTokens = i,
            });
        }
    }
}
