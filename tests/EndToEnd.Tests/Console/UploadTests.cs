using System.Globalization;
using GenAI.EndToEnd.Tests.Gateway;
using Microsoft.Playwright;

namespace GenAI.EndToEnd.Tests.Console;

/// <summary>Documents brought in through the page. Each test names its collection anew, for the program is shared.</summary>
public sealed class UploadTests(GatewayProcess gateway, Browser browser) : IClassFixture<Browser>
{
    private const float IngestLimitMs = 240_000;

    [Fact]
    public async Task Drop_TwoFiles_CanBeAskedAtOnce()
    {
        await using var page = await browser.OpenAsync(gateway.Address);
        var collection = await NewCollectionAsync(page);

        await page.DropAsync(
            ("orchard.md", "# Orchard\n\nThe orchard on Kestrel Lane has 412 pear trees. They were planted in 1987.\n"),
            ("mill.txt", "The old mill is open to visitors on Sundays. Entry costs seven florins.\n"));

        await Assertions.Expect(page.Page.Locator(".upload[data-state=done]")).ToHaveCountAsync(2, new() { Timeout = IngestLimitMs });
        await page.ChooseAsync(collection);
        var answer = await page.AnswerAsync("How many pear trees does the orchard on Kestrel Lane have?");
        await Assertions.Expect(answer.Locator(".prose")).ToContainTextAsync("412");
        await answer.Locator(".prose .chip").First.ClickAsync();
        await Assertions.Expect(page.Panel.Locator("mark")).ToContainTextAsync("412 pear trees");
        await DeleteCollectionAsync(page, collection);
        page.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Upload_BrokenPdf_SaysWhyAndLeavesTheOther()
    {
        await using var page = await browser.OpenAsync(gateway.Address);
        var collection = await NewCollectionAsync(page);

        await page.Page.Locator("input[type=file]").SetInputFilesAsync(
        [
            new FilePayload { Name = "broken.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.7 and then nothing"u8.ToArray() },
            new FilePayload { Name = "good.md", MimeType = "text/markdown", Buffer = "# Good\n\nThe lamp is green.\n"u8.ToArray() },
        ]);

        await Assertions.Expect(page.Page.Locator(".upload[data-state=done]")).ToContainTextAsync("good.md", new() { Timeout = IngestLimitMs });
        var failed = page.Page.Locator(".upload[data-state=failed]");
        await Assertions.Expect(failed).ToContainTextAsync("broken.pdf", new() { Timeout = IngestLimitMs });
        (await failed.Locator(".upload-state").InnerTextAsync()).Length.ShouldBeGreaterThan(10);
        await Assertions.Expect(failed.GetByRole(AriaRole.Button, new() { Name = "Try broken.pdf again" })).ToBeVisibleAsync();
        await DeleteCollectionAsync(page, collection);
    }

    [Fact]
    public async Task Delete_Document_TakesItOutOfTheCollection()
    {
        await using var page = await browser.OpenAsync(gateway.Address);
        var collection = await NewCollectionAsync(page);
        await page.DropAsync(("gone.md", "The secret word is marzipan."));
        await Assertions.Expect(page.Page.Locator(".upload[data-state=done]")).ToHaveCountAsync(1, new() { Timeout = IngestLimitMs });
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Remove gone.md from this list" }).ClickAsync();

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Delete gone.md" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();

        await Assertions.Expect(page.Panel).ToContainTextAsync("This collection is empty.");
        await DeleteCollectionAsync(page, collection);
    }

    private static async Task<string> NewCollectionAsync(ConsolePage page)
    {
        var name = "Test " + Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture)[..8];
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Documents", Exact = true }).ClickAsync();
        await page.Page.Locator("#new-collection").FillAsync(name);
        await page.Page.Locator("#new-collection").PressAsync("Enter");
        await Assertions.Expect(page.Panel.Locator("select option:checked")).ToContainTextAsync(name);
        return name;
    }

    private static async Task DeleteCollectionAsync(ConsolePage page, string name)
    {
        if (await page.Panel.Locator("#documents-title").CountAsync() == 0)
        {
            await page.Page.GetByRole(AriaRole.Button, new() { Name = "Documents", Exact = true }).ClickAsync();
        }

        var option = page.Panel.Locator("select option", new() { HasText = name });
        await page.Panel.Locator("select").SelectOptionAsync(await option.GetAttributeAsync("value") ?? "");
        await page.Panel.GetByRole(AriaRole.Button, new() { Name = $"Delete the collection {name}" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Panel.Locator("select option", new() { HasText = name })).ToHaveCountAsync(0);
    }
}
