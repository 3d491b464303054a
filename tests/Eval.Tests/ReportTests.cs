using GenAI.Eval.Reports;

namespace GenAI.Eval.Tests;

public sealed class ReportTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("genai-eval-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task ResultFile_RoundTrip_KeepsEveryValue()
    {
        var file = new FileInfo(Path.Combine(_folder.FullName, "sub", "r.json"));
        var result = Result(0.5);

        await ResultFile.WriteAsync(file, result, TestContext.Current.CancellationToken);
        var read = await ResultFile.ReadAsync(file, TestContext.Current.CancellationToken);

        read.Groups[0].Metrics.ShouldBe(result.Groups[0].Metrics);
        read.Groups[0].Items[3].Values["holds"].ShouldBe(result.Groups[0].Items[3].Values["holds"]);
    }

    [Fact]
    public async Task ResultFile_OtherJson_IsRefused()
    {
        var file = new FileInfo(Path.Combine(_folder.FullName, "r.json"));
        await File.WriteAllTextAsync(file.FullName, "[1,2]", TestContext.Current.CancellationToken);

        (await Should.ThrowAsync<EvalException>(() => ResultFile.ReadAsync(file, TestContext.Current.CancellationToken)))
            .Message.ShouldContain("not a result");
    }

    [Fact]
    public void Compare_EveryItemBetter_IsSignificant()
    {
        var change = RunComparison.Compare(Result(0.2), Result(0.8), seed: 1).ShouldHaveSingleItem();

        change.IsSignificant.ShouldBeTrue();
        change.IsBetter.ShouldBeTrue();
        change.Difference.ShouldBe(0.6, 1e-9);
    }

    [Fact]
    public void Compare_SameRun_IsNotSignificant() =>
        RunComparison.Compare(Result(0.5), Result(0.5), seed: 1).ShouldAllBe(change => !change.IsSignificant);

    [Fact]
    public void Compare_OtherSuite_IsRefused() =>
        Should.Throw<EvalException>(() => RunComparison.Compare(Result(0.5) with { Suite = "load" }, Result(0.5), seed: 1));

    [Fact]
    public void Html_AnswerWithMarkup_IsEscapedAndSelfContained()
    {
        var html = HtmlReport.Render(Result(0.5), RunComparison.Compare(Result(0.2), Result(0.5), seed: 1));

        html.ShouldNotContain("<script>");
        html.ShouldContain("&lt;script&gt;");
        html.ShouldContain("<svg");
        html.ShouldContain("Against the baseline");
        html.ShouldNotContain("http://cdn");
        html.ShouldNotContain("src=");
    }

    private static EvalResult Result(double share)
    {
        var items = Enumerable.Range(0, 20)
            .Select(index => new ResultItem($"q{index}", new Dictionary<string, double> { ["holds"] = share }, "<script>alert(1)</script>"))
            .ToList();
        return new EvalResult(
            "answers",
            DateTimeOffset.UnixEpoch,
            "http://127.0.0.1/v1",
            new Dictionary<string, string> { ["seed"] = "1" },
            [new ResultGroup("set", [new Metric("holds", share, share, share, string.Empty, true, 20)], items)]);
    }
}
