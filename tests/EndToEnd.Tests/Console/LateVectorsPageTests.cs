using GenAI.EndToEnd.Tests.Gateway;
using Microsoft.Playwright;

namespace GenAI.EndToEnd.Tests.Console;

/// <summary>The page while vectors are being made: it says that a document can be asked already, and asks it.</summary>
public sealed class LateVectorsPageTests : IClassFixture<Browser>, IAsyncDisposable
{
    private readonly Browser _browser;
    private readonly DirectoryInfo _models = Directory.CreateTempSubdirectory("genai-late-page-");
    private readonly EmbeddingServer _first = new("first-embedder", "orchard");
    private readonly EmbeddingServer _second = new("second-embedder", "orchard");
    private readonly GatewayProcess _gateway = new();

    public LateVectorsPageTests(Browser browser)
    {
        _browser = browser;
        _gateway.Environment["GENAI_MODELS"] = _models.FullName;
        _gateway.Environment["Documents__Samples"] = "false";
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _first.Dispose();
        _second.Dispose();
        _models.Delete(recursive: true);
    }

    [Fact]
    public async Task Upload_WhileItsMeaningIsLearned_SaysThatItCanBeAskedAndIsAnswered()
    {
        await StartAsync(_first);
        await using (var page = await _browser.OpenAsync(_gateway.Address))
        {
            await page.DropAsync(("orchard.md", "# Orchard\n\nThe orchard on Kestrel Lane has 412 pear trees. They were planted in 1987.\n"));
            await Assertions.Expect(page.Page.Locator(".upload .upload-state")).ToContainTextAsync("Can be asked by its words already");

            var answer = await page.AnswerAsync("How many pear trees does the orchard on Kestrel Lane have?");
            await Assertions.Expect(answer.Locator(".prose")).ToContainTextAsync("412");
            await Assertions.Expect(page.Page.Locator(".upload[data-state=done]")).ToHaveCountAsync(0);

            _first.GoOn();
            await Assertions.Expect(page.Page.Locator(".upload[data-state=done]")).ToContainTextAsync("Ready to be asked");
            page.Complaints.ShouldBeEmpty();
        }

        // The same collection for another model.
        await _gateway.StopAsync();
        await StartAsync(_second);
        await using (var page = await _browser.OpenAsync(_gateway.Address))
        {
            await page.Page.GetByRole(AriaRole.Button, new() { Name = "Documents", Exact = true }).ClickAsync();
            var note = page.Panel.GetByText("Their meaning is still being learned");
            await Assertions.Expect(note).ToBeVisibleAsync();
            await Assertions.Expect(page.Panel.Locator(".file[data-state=completed]")).ToContainTextAsync("orchard.md");

            _second.GoOn();
            await Assertions.Expect(note).ToHaveCountAsync(0);
            page.Complaints.ShouldBeEmpty();
        }
    }

    private async Task StartAsync(EmbeddingServer embedder)
    {
        foreach (var (name, value) in embedder.Settings)
        {
            _gateway.Environment[name] = value;
        }

        await _gateway.InitializeAsync();
    }
}
