using System.Diagnostics;
using System.Text;
using GenAI.Pipelines.Parsing;

namespace GenAI.Pipelines.Tests.Parsing;

public sealed class ParserIsolationTests : IAsyncDisposable
{
    private readonly ParsingFolder _folder = new();
    private readonly DocumentParsers _parsers = new(new DocumentParsersOptions { MaxWorkers = 1, FilesPerWorker = 3 });

    public async ValueTask DisposeAsync()
    {
        await _parsers.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task ParseAsync_TooSlow_EndsTheProcessAndTheNextFileWorks()
    {
        await ParseAsync("warm.txt", "warm");
        var worker = _parsers.Pool.IdleProcessIds.ShouldHaveSingleItem();
        var deep = string.Concat(Enumerable.Repeat("<div>", 200_000)) + "deep text";

        var refused = await Should.ThrowAsync<ParseException>(() => ParseAsync("deep.html", deep, ParseLimits.Default with { Timeout = TimeSpan.FromSeconds(1) }));

        refused.Failure.ShouldBe(ParseFailure.TooSlow);
        HasEnded(worker).ShouldBeTrue();
        (await ParseAsync("next.txt", "fine")).Text.ShouldBe("fine");
    }

    [Fact]
    public async Task ParseAsync_TooMuchMemory_IsReportedAndTheNextFileWorks()
    {
        var json = "[" + string.Join(',', Enumerable.Repeat("\"some text in a long list\"", 2_000_000)) + "]";

        var refused = await Should.ThrowAsync<ParseException>(() => ParseAsync("big.json", json, ParseLimits.Default with { MaxMemoryBytes = 192 << 20 }));

        refused.Failure.ShouldBe(ParseFailure.OutOfMemory);
        (await ParseAsync("next.txt", "fine")).Text.ShouldBe("fine");
    }

    [Fact]
    public async Task ParseAsync_ProcessKilledWhileIdle_IsReplaced()
    {
        await ParseAsync("a.txt", "one");
        using (var idle = Process.GetProcessById(_parsers.Pool.IdleProcessIds.ShouldHaveSingleItem()))
        {
            idle.Kill();
            await idle.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        (await ParseAsync("b.txt", "two")).Text.ShouldBe("two");
    }

    [Fact]
    public async Task ParseAsync_Process_RanksBelowTheServer()
    {
        await ParseAsync("a.txt", "one");

        using var reader = Process.GetProcessById(_parsers.Pool.IdleProcessIds.ShouldHaveSingleItem());

        reader.PriorityClass.ShouldBe(ProcessPriorityClass.BelowNormal);
    }

    [Fact]
    public async Task ParseAsync_ManyFiles_KeepsTheProcessWarmUntilItsShareIsDone()
    {
        var seen = new List<int>();
        for (var file = 0; file < 4; file++)
        {
            await ParseAsync("a.txt", "text");
            seen.AddRange(_parsers.Pool.IdleProcessIds);
        }

        // The third file retires the process, the fourth one starts another.
        seen.Count.ShouldBe(3);
        seen[1].ShouldBe(seen[0]);
        seen[2].ShouldNotBe(seen[0]);
    }

    [Fact]
    public async Task ParseAsync_Cancelled_EndsTheProcess()
    {
        await ParseAsync("warm.txt", "warm");
        var worker = _parsers.Pool.IdleProcessIds.ShouldHaveSingleItem();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var path = _folder.Write("deep.html", string.Concat(Enumerable.Repeat("<div>", 200_000)));
        var parsing = _parsers.ParseAsync(path, "deep.html", ParseLimits.Default, cancel.Token);

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => parsing);
        HasEnded(worker).ShouldBeTrue();
    }

    [Fact]
    public async Task ParseAsync_HundredMegabytesOfText_IsRefusedAndTheNextFileWorks()
    {
        var path = _folder.PathOf("huge.txt");
        var line = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("All work and no play makes a long file. ", 26_215)));
        await using (var file = File.Create(path))
        {
            for (var part = 0; part < 100; part++)
            {
                await file.WriteAsync(line, TestContext.Current.CancellationToken);
            }
        }

        var refused = await Should.ThrowAsync<ParseException>(() => _parsers.ParseAsync(path, "huge.txt", ParseLimits.Default, TestContext.Current.CancellationToken));

        refused.Failure.ShouldBe(ParseFailure.TooLarge);
        (await ParseAsync("next.txt", "fine")).Text.ShouldBe("fine");
    }

    private static bool HasEnded(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return process.WaitForExit(5000);
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    private Task<ParsedDocument> ParseAsync(string name, string content, ParseLimits? limits = null) =>
        _parsers.ParseAsync(_folder.Write(name, content), name, limits ?? ParseLimits.Default, TestContext.Current.CancellationToken);
}
