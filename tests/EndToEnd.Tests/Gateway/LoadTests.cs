using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace GenAI.EndToEnd.Tests.Gateway;

/// <summary>Many requests at once against the real program and its real model.</summary>
public sealed class LoadTests(GatewayProcess gateway)
{
    private const string Model = "SmolLM2-135M-Instruct-Q4_1";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ThirtyStreamsAtOnce_AllEndWhole()
    {
        using var http = gateway.CreateClient();

        var streams = await Task.WhenAll(Enumerable.Range(0, 30).Select(number => AskAsync(http, new
        {
            model = Model,
            stream = true,
            max_tokens = 8,
            seed = number,
            messages = new[] { new { role = "user", content = $"Count from {number} to {number + 9}." } },
        })));

        foreach (var (status, body) in streams)
        {
            status.ShouldBe(HttpStatusCode.OK, body);
            body.ShouldEndWith("data: [DONE]\n\n");
            body.ShouldNotContain("\"error\"");
            (body.Contains("\"finish_reason\":\"length\"", StringComparison.Ordinal) || body.Contains("\"finish_reason\":\"stop\"", StringComparison.Ordinal)).ShouldBeTrue(body);
        }
    }

    [Fact]
    public async Task MoreChoicesThanTheQueueHolds_AreRefusedAndLeaveItFree()
    {
        await using var small = new GatewayProcess();
        small.Environment["Models__ParallelRequests"] = "1";
        small.Environment["Models__MaxQueued"] = "2";
        small.Environment["Documents__Samples"] = "false";
        await small.InitializeAsync();
        using var http = small.CreateClient();

        foreach (var stream in new[] { false, true })
        {
            using var refused = await http.PostAsJsonAsync("/v1/chat/completions", Choices(8, stream), Token);
            refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
            refused.Headers.RetryAfter.ShouldNotBeNull();
            var error = (await refused.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("error");
            error.GetProperty("code").GetString().ShouldBe("server_busy");

            // What was refused holds no place: as many as fit are served at once.
            var (status, body) = await AskAsync(http, Choices(2, stream));
            status.ShouldBe(HttpStatusCode.OK, body);
            body.ShouldContain("\"index\":1");
        }
    }

    private static object Choices(int count, bool stream) => new
    {
        model = Model,
        n = count,
        stream,
        max_tokens = 24,
        messages = new[] { new { role = "user", content = "Tell me a story." } },
    };

    private static async Task<(HttpStatusCode Status, string Body)> AskAsync(HttpClient http, object request)
    {
        using var response = await http.PostAsJsonAsync("/v1/chat/completions", request, Token);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Token));
    }
}
