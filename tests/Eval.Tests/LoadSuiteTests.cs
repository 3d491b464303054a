using GenAI.Eval.Client;
using GenAI.Eval.Suites;
using GenAI.Eval.Suites.Load;
using Spectre.Console;

namespace GenAI.Eval.Tests;

public sealed class LoadSuiteTests
{
    private const string Answer = """
        data: {"choices":[{"delta":{"content":"Once"}}]}

        data: {"choices":[{"delta":{"content":" more"}}],"usage":{"completion_tokens":2}}

        data: [DONE]


        """;

    [Fact]
    public async Task RunAsync_ConnectionsRefusedUnderLoad_AreCountedAsErrors()
    {
        // The first request warms up; of the four measured ones two find no connection.
        var server = new ScriptedHandler(number => number is 2 or 4 ? throw new HttpRequestException(HttpRequestError.ConnectionError, "refused") : Answer);

        var group = (await RunAsync(server, requests: 4)).ShouldHaveSingleItem();

        group.Metrics.Single(metric => metric.Name == "errors").Value.ShouldBe(0.5);
        group.Items.Count(item => item.Values.ContainsKey("ttft_ms")).ShouldBe(2);
    }

    [Fact]
    public async Task RunAsync_ServerNotThere_SaysSoInsteadOfMeasuring()
    {
        var server = new ScriptedHandler(_ => throw new HttpRequestException(HttpRequestError.ConnectionError, "refused"));

        (await Should.ThrowAsync<EvalException>(() => RunAsync(server, requests: 4))).Message.ShouldContain("cannot be reached");
    }

    private static async Task<IReadOnlyList<Reports.ResultGroup>> RunAsync(ScriptedHandler server, int requests)
    {
        using var http = new HttpClient(server);
        var settings = new EvalSettings
        {
            Suite = "load",
            BaseUrl = new Uri("http://127.0.0.1/v1"),
            Output = new FileInfo("unused.json"),
            Model = "m",
            Limit = requests,
            Clients = [1],
        };
        var client = new ApiClient(http, settings.BaseUrl, apiKey: null, TimeProvider.System);
        return await new LoadSuite().RunAsync(new SuiteContext(settings, client, AnsiConsole.Console, TimeProvider.System), TestContext.Current.CancellationToken);
    }
}
