using GenAI.EndToEnd.Tests.Gateway;
using Microsoft.Playwright;

namespace GenAI.EndToEnd.Tests.Console;

/// <summary>Asking, reading, stopping and asking again, against the program with the starter models.</summary>
public sealed class ChatTests(GatewayProcess gateway, Browser browser) : IClassFixture<Browser>
{
    private const string LeaveQuestion = "How many days of annual leave does every full-time employee have?";

    [Fact]
    public async Task Ask_AboutTheHandbook_AnswersWithPolicyAndSources()
    {
        await using var page = await browser.OpenAsync(gateway.Address);

        var answer = await page.AnswerAsync(LeaveQuestion);

        await Assertions.Expect(answer.Locator(".prose")).ToContainTextAsync("29 days");
        await Assertions.Expect(answer.Locator(".badge")).ToBeVisibleAsync();
        await Assertions.Expect(answer.Locator(".prose .chip").First).ToHaveTextAsync("1");
        await Assertions.Expect(answer.Locator(".source").First).ToContainTextAsync("working-time-and-leave.md");
        page.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ask_WithoutDocuments_ShowsTheAnswerWhileItGrows()
    {
        await using var page = await browser.OpenAsync(gateway.Address);
        await page.ChooseAsync();
        await page.Page.EvaluateAsync(
            """
            () => {
              window.lengths = new Set();
              new MutationObserver(() => window.lengths.add(document.querySelector('.prose')?.textContent.length ?? 0))
                .observe(document.body, { childList: true, subtree: true, characterData: true });
            }
            """);

        await page.AskAsync("Write a short story about a lighthouse keeper, three sentences long.");
        await page.Page.WaitForFunctionAsync("() => window.lengths.size > 5", null, new() { Timeout = ConsolePage.AnswerLimitMs });

        // How long the model goes on is its own affair.
        await page.Page.Keyboard.PressAsync("Escape");
        await page.EndedAsync();
        page.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Stop_ByEscape_KeepsWhatWasWritten()
    {
        await using var page = await browser.OpenAsync(gateway.Address);
        await page.ChooseAsync();
        await page.AskAsync("Tell a very long story about the sea, with many chapters.");
        await Assertions.Expect(page.LastAnswer.Locator(".prose")).ToBeVisibleAsync(new() { Timeout = ConsolePage.AnswerLimitMs });

        await page.Page.Keyboard.PressAsync("Escape");

        await page.EndedAsync();
        await Assertions.Expect(page.LastAnswer).ToContainTextAsync("Stopped.");
        (await page.LastAnswer.Locator(".prose").InnerTextAsync()).ShouldNotBeEmpty();
        await Assertions.Expect(page.Page.Locator(".send-stop")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Regenerate_LastAnswer_ReplacesIt()
    {
        await using var page = await browser.OpenAsync(gateway.Address);
        await page.AnswerAsync(LeaveQuestion);

        await page.LastAnswer.GetByRole(AriaRole.Button, new() { Name = "Ask again" }).ClickAsync();
        await page.EndedAsync();

        await Assertions.Expect(page.Page.Locator("article.answer")).ToHaveCountAsync(1);
        await Assertions.Expect(page.LastAnswer.Locator(".prose")).ToContainTextAsync("29 days");
    }

    [Fact]
    public async Task EditQuestion_OtherWords_AnswersThose()
    {
        await using var page = await browser.OpenAsync(gateway.Address);
        await page.AnswerAsync(LeaveQuestion);

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Edit" }).ClickAsync();
        var box = page.Page.GetByRole(AriaRole.Textbox, new() { Name = "Edit the question" });
        await box.FillAsync("How much may a hotel cost a night inland?");
        await box.PressAsync("Enter");
        await page.EndedAsync();

        await Assertions.Expect(page.Page.Locator("article.question")).ToHaveCountAsync(1);
        await Assertions.Expect(page.LastAnswer.Locator(".prose")).ToContainTextAsync("115 euros");
    }

    [Fact]
    public async Task Conversations_AfterReload_AreListedRenamedAndDeleted()
    {
        await using var page = await browser.OpenAsync(gateway.Address);
        await page.AnswerAsync(LeaveQuestion);
        await page.Page.ReloadAsync();
        var item = page.Page.Locator(".conversation").First;

        await item.Locator(".conversation-open").ClickAsync();
        await Assertions.Expect(page.LastAnswer.Locator(".prose .chip").First).ToBeVisibleAsync();

        await item.HoverAsync();
        await item.GetByRole(AriaRole.Button, new() { Name = "Rename" }).ClickAsync();
        await page.Page.Locator(".rename").FillAsync("My leave");
        await page.Page.Locator(".rename").PressAsync("Enter");
        await Assertions.Expect(item).ToContainTextAsync("My leave");

        await item.HoverAsync();
        await item.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Page.Locator(".conversation")).ToHaveCountAsync(0);
        (await page.Page.EvaluateAsync<int>("() => Object.keys(localStorage).filter(k => k.startsWith('genai.conversation.')).length")).ShouldBe(0);
    }
}
