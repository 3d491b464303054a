using Microsoft.Playwright;

namespace GenAI.EndToEnd.Tests.Console;

/// <summary>One Chromium for the tests of the page; each test takes a context of its own, with empty storage.</summary>
public sealed class Browser : IAsyncLifetime
{
    /// <summary>Long: a pass never waits for it, and the browser shares two cores with the server and the other tests.</summary>
    private const float StepLimitMs = 60_000;

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    private static string? Program =>
        new[] { Environment.GetEnvironmentVariable("GENAI_TEST_CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }
            .FirstOrDefault(File.Exists);

    public async ValueTask InitializeAsync()
    {
        if (Program is not { } program)
        {
            return;
        }

        Assertions.SetDefaultExpectTimeout(StepLimitMs);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = program,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
            ],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    internal async Task<ConsolePage> OpenAsync(Uri address, BrowserNewContextOptions? options = null, Func<IPage, Task>? prepare = null)
    {
        Requirement.Met(_browser is not null, "Chromium is not installed; set GENAI_TEST_CHROMIUM to its path.");
        var context = await _browser!.NewContextAsync(options ?? new() { ViewportSize = new() { Width = 1360, Height = 860 } });
        context.SetDefaultTimeout(StepLimitMs);
        var page = new ConsolePage(context, await context.NewPageAsync());
        if (prepare is not null)
        {
            await prepare(page.Page);
        }

        await page.Page.GotoAsync(address.AbsoluteUri);
        return page;
    }
}
