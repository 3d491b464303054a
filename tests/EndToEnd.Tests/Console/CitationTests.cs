using GenAI.EndToEnd.Tests.Gateway;
using Microsoft.Playwright;

namespace GenAI.EndToEnd.Tests.Console;

/// <summary>A number in an answer leads to the words it stands for.</summary>
public sealed class CitationTests(GatewayProcess gateway, Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task Chip_Opened_ShowsTheQuoteInItsSurroundings()
    {
        await using var page = await browser.OpenAsync(gateway.Address);
        var answer = await page.AnswerAsync("How many days of annual leave does every full-time employee have?");
        var quote = await answer.Locator(".source-quote").First.InnerTextAsync();

        await answer.Locator(".prose .chip").First.ClickAsync();

        var mark = page.Panel.Locator("mark");
        await Assertions.Expect(mark).ToBeInViewportAsync();
        Words(await mark.InnerTextAsync()).ShouldBe(Words(quote));
        Words(await page.Panel.Locator(".passage").InnerTextAsync()).Length.ShouldBeGreaterThan(Words(quote).Length + 100);
        await Assertions.Expect(page.Panel.Locator("h2")).ToHaveTextAsync("working-time-and-leave.md");
        page.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Chip_ByKeyboard_OpensAndEscapeLeadsBack()
    {
        await using var page = await browser.OpenAsync(gateway.Address);
        var answer = await page.AnswerAsync("How much is paid for driving your own car on business?");
        var chip = answer.Locator(".prose .chip").First;

        await chip.FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Panel.Locator("mark", new() { HasText = "0.34" })).ToBeVisibleAsync();
        await page.Page.Keyboard.PressAsync("Escape");

        await Assertions.Expect(page.Panel).ToHaveCountAsync(0);
        await Assertions.Expect(chip).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Original_OfAMarkdownFile_OpensAsPlainText()
    {
        await using var page = await browser.OpenAsync(gateway.Address);
        var answer = await page.AnswerAsync("How many days of annual leave does every full-time employee have?");
        await answer.Locator(".prose .chip").First.ClickAsync();

        var tab = await page.Page.RunAndWaitForPopupAsync(
            () => page.Panel.GetByRole(AriaRole.Button, new() { Name = "Open the original" }).ClickAsync());

        await Assertions.Expect(tab.Locator("body")).ToContainTextAsync("# Working time and leave");
        (await tab.EvaluateAsync<string>("() => document.contentType")).ShouldBe("text/plain");
    }

    [Fact]
    public async Task Span_OfEachAnnotation_StandsBeforeItsChip()
    {
        await using var page = await browser.OpenAsync(gateway.Address);

        // Chromium may have dropped a stream's body by the time that it is asked for.
        var stream = string.Empty;
        await page.Page.RouteAsync("**/v1/chat/completions", async route =>
        {
            var response = await route.FetchAsync(new() { Timeout = ConsolePage.AnswerLimitMs });
            stream = await response.TextAsync();
            await route.FulfillAsync(new() { Response = response });
        });
        await page.AnswerAsync("How many days of annual leave does every full-time employee have?");

        var before = await page.LastAnswer.Locator(".prose").EvaluateAsync<string>(
            """
            prose => {
              const range = document.createRange();
              range.setStart(prose, 0);
              range.setEndBefore(prose.querySelector('.chip'));
              return range.toString();
            }
            """);
        var (text, citations) = StreamedAnswer.Read(stream);
        var first = citations.MinBy(c => c.End);
        first.ShouldNotBeNull();
        Words(before).ShouldEndWith(Words(text[first.Start..first.End]));
    }

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
