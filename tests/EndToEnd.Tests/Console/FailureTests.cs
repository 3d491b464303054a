using System.Text.Json;
using GenAI.EndToEnd.Tests.Gateway;
using Microsoft.Playwright;

namespace GenAI.EndToEnd.Tests.Console;

/// <summary>What goes wrong is said in words, with what to do, and nothing written is lost.</summary>
public sealed class FailureTests(GatewayProcess gateway, Browser browser) : IClassFixture<Browser>
{
    private const string Question = "How many days of annual leave does every full-time employee have?";
    private const string Completions = "**/v1/chat/completions";

    [Fact]
    public async Task Ask_BusyOnce_TriesAgainByItself()
    {
        var calls = 0;
        await using var page = await browser.OpenAsync(gateway.Address);
        await page.Page.RouteAsync(Completions, route => Interlocked.Increment(ref calls) == 1
            ? FailAsync(route, 429, "queue_full", "The queue is full.", retryAfter: "1")
            : route.ContinueAsync());

        await page.AskAsync(Question);
        await Assertions.Expect(page.LastAnswer.GetByRole(AriaRole.Alert)).ToContainTextAsync("The server is busy.");

        await Assertions.Expect(page.LastAnswer.Locator(".prose")).ToContainTextAsync("29 days", new() { Timeout = ConsolePage.AnswerLimitMs });
        calls.ShouldBe(2);
        await Assertions.Expect(page.Page.Locator("article.answer")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Ask_TooLong_OffersTheLastQuestionAlone()
    {
        await using var page = await browser.OpenAsync(gateway.Address);
        await page.AnswerAsync("What must an employee who falls sick do on the first day?");
        var sent = new List<string>();
        await page.Page.RouteAsync(Completions, route =>
        {
            sent.Add(route.Request.PostData ?? "");
            return sent.Count == 1
                ? FailAsync(route, 400, "context_length_exceeded", "context_length_exceeded: 9000 tokens of 8192.")
                : route.ContinueAsync();
        });

        await page.AskAsync(Question);
        await page.LastAnswer.GetByRole(AriaRole.Button, new() { Name = "Ask without the earlier turns" }).ClickAsync();

        await Assertions.Expect(page.LastAnswer.Locator(".prose")).ToContainTextAsync("29 days", new() { Timeout = ConsolePage.AnswerLimitMs });
        sent[0].ShouldContain("falls sick");
        sent[1].ShouldNotContain("falls sick");
        sent[1].ShouldContain("annual leave");
    }

    [Fact]
    public async Task Ask_ServerGone_SaysSoAndWorksWhenItIsBack()
    {
        // An empty models folder: this one starts at once and answers by extract.
        var own = new GatewayProcess();
        var models = Directory.CreateTempSubdirectory("genai-no-models-");
        own.Environment["GENAI_MODELS"] = models.FullName;
        await using var started = own;
        await own.InitializeAsync();
        await using var page = await browser.OpenAsync(own.Address);
        await Assertions.Expect(page.Page.Locator(".banner")).ToContainTextAsync("No chat model is loaded.");

        await own.StopAsync();
        await page.AskAsync(Question);
        await Assertions.Expect(page.LastAnswer.GetByRole(AriaRole.Alert)).ToContainTextAsync("The server does not answer.");
        await Assertions.Expect(page.Page.Locator(".banner-bad")).ToBeVisibleAsync();

        own.Start();
        await own.WaitUntilReadyAsync(TestContext.Current.CancellationToken);
        await Assertions.Expect(page.Page.Locator(".banner-bad")).ToHaveCountAsync(0, new() { Timeout = 120_000 });
        await page.LastAnswer.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await page.EndedAsync();
        await Assertions.Expect(page.LastAnswer.Locator(".prose")).ToContainTextAsync("29 days");
        await Assertions.Expect(page.LastAnswer.Locator(".badge")).ToContainTextAsync("word for word");
        models.Delete(recursive: true);
    }

    [Fact]
    public async Task Ask_ConnectionCut_KeepsTheTextAndOffersAgain()
    {
        await using var page = await browser.OpenAsync(gateway.Address);
        await page.Page.RouteAsync(Completions, route => route.FulfillAsync(new()
        {
            ContentType = "text/event-stream",
            Body = "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"Half an ans\"},\"finish_reason\":null}]}\n\n",
        }));

        await page.AnswerAsync(Question);

        await Assertions.Expect(page.LastAnswer.Locator(".prose")).ToContainTextAsync("Half an ans");
        await Assertions.Expect(page.LastAnswer.GetByRole(AriaRole.Alert)).ToContainTextAsync("The connection was cut.");
    }

    [Fact]
    public async Task Open_ServerWithKeys_AsksForOneAndUsesIt()
    {
        var own = new GatewayProcess();
        var models = Directory.CreateTempSubdirectory("genai-no-models-");
        own.Environment["GENAI_MODELS"] = models.FullName;
        own.Environment["GENAI_API_KEYS"] = "test-key-of-the-console-0123456789";
        await using var started = own;
        await own.InitializeAsync();
        await using var page = await browser.OpenAsync(own.Address);
        var key = page.Page.GetByLabel("API key", new() { Exact = true });

        await key.FillAsync("wrong-key");
        await key.PressAsync("Enter");
        await Assertions.Expect(page.Page.Locator("dialog[open]")).ToContainTextAsync("That key was not accepted.");
        await key.FillAsync("test-key-of-the-console-0123456789");
        await key.PressAsync("Enter");

        await Assertions.Expect(page.Page.Locator("dialog[open]")).ToHaveCountAsync(0);
        var answer = await page.AnswerAsync(Question);
        await Assertions.Expect(answer.Locator(".prose")).ToContainTextAsync("29 days");
        (await page.Page.EvaluateAsync<string>("() => JSON.stringify(localStorage)")).ShouldNotContain("test-key");
        models.Delete(recursive: true);
    }

    private static Task FailAsync(IRoute route, int status, string code, string message, string? retryAfter = null) =>
        route.FulfillAsync(new()
        {
            Status = status,
            ContentType = "application/json",
            Headers = retryAfter is null ? [] : new Dictionary<string, string> { ["retry-after"] = retryAfter },
            Body = JsonSerializer.Serialize(new { error = new { message, type = "invalid_request_error", param = (string?)null, code } }),
        });
}
