using System.Net;
using System.Net.Sockets;
using System.Text;
using Spectre.Console;

namespace GenAI.Eval.Tests;

public sealed class EvalRunTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("/v1", false)]
    public async Task RunAsync_Refused_EndsWithASentence(string path, bool missesVersion)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = new Uri($"http://{listener.LocalEndpoint}{path}");
        var refusal = RefuseAsync(listener);
        var written = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

        await using var shown = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(shown), Ansi = AnsiSupport.No });

        var code = await EvalRun.RunAsync(
            new EvalSettings { Suite = "answers", BaseUrl = address, Output = new FileInfo(written) }, TestContext.Current.CancellationToken, console);
        await refusal;

        code.ShouldBe(2);
        var text = shown.ToString().ReplaceLineEndings(" ");
        text.ShouldContain("answered 404");
        text.Contains("want the version", StringComparison.Ordinal).ShouldBe(missesVersion);
        File.Exists(written).ShouldBeFalse();
    }

    private static async Task RefuseAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        var request = new byte[4096];
        (await stream.ReadAsync(request, TestContext.Current.CancellationToken)).ShouldBeGreaterThan(0);
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes("HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"), TestContext.Current.CancellationToken);
    }
}
