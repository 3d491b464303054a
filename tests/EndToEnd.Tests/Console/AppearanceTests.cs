using GenAI.EndToEnd.Tests.Gateway;
using Microsoft.Playwright;

namespace GenAI.EndToEnd.Tests.Console;

/// <summary>Light and dark, wide and narrow, mouse and keyboard.</summary>
public sealed class AppearanceTests(GatewayProcess gateway, Browser browser) : IClassFixture<Browser>
{
    private const string Question = "How many days of annual leave does every full-time employee have?";

    /// <summary>Every visible text and its contrast (WCAG 2.2, relative luminance), those below 4.5 : 1 (3 : 1 when large).</summary>
    private const string LowContrast =
        """
        () => {
          const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
          const rgba = colour => {
            canvas.clearRect(0, 0, 1, 1);
            canvas.fillStyle = colour;
            canvas.fillRect(0, 0, 1, 1);
            return [...canvas.getImageData(0, 0, 1, 1).data];
          };
          const light = ([r, g, b]) => {
            const f = c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
            return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b);
          };
          const behind = e => {
            for (; e; e = e.parentElement) {
              const c = rgba(getComputedStyle(e).backgroundColor);
              if (c[3] === 255) return c;
            }
            return [255, 255, 255, 255];
          };
          const low = [];
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          let seen = 0;
          while (walker.nextNode()) {
            const e = walker.currentNode.parentElement;
            if (!walker.currentNode.data.trim() || !e.checkVisibility({ visibilityProperty: true }) || e.closest('button:disabled, .visually-hidden, .skip')) continue;
            const style = getComputedStyle(e);
            const [a, b] = [light(rgba(style.color)), light(behind(e))].sort((x, y) => y - x);
            const size = parseFloat(style.fontSize);
            const need = size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5;
            seen++;
            if ((a + 0.05) / (b + 0.05) < need) low.push(`${e.className || e.tagName}: ${((a + 0.05) / (b + 0.05)).toFixed(2)}`);
          }
          return seen < 20 ? [`only ${seen} texts were seen`] : low;
        }
        """;

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Text_InBothSchemes_HasContrast(ColorScheme scheme)
    {
        await using var page = await browser.OpenAsync(gateway.Address, new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
        var answer = await page.AnswerAsync(Question);
        await answer.Locator(".prose .chip").First.ClickAsync();
        await Assertions.Expect(page.Panel.Locator("mark").First).ToBeVisibleAsync();

        var low = await page.Page.EvaluateAsync<string[]>(LowContrast);

        low.ShouldBeEmpty();
    }

    [Fact]
    public async Task Theme_Toggled_WinsOverTheSystemAndStays()
    {
        await using var page = await browser.OpenAsync(gateway.Address, new() { ColorScheme = ColorScheme.Light });
        var theme = page.Page.Locator(".brand .theme");
        var light = await BackgroundAsync(page);

        await theme.ClickAsync();
        (await BackgroundAsync(page)).ShouldBe(light);
        await theme.ClickAsync();

        (await BackgroundAsync(page)).ShouldNotBe(light);
        await page.Page.ReloadAsync();
        (await BackgroundAsync(page)).ShouldNotBe(light);
    }

    [Fact]
    public async Task Phone_WholeWay_FitsAndOpensThePassageFromBelow()
    {
        await using var page = await browser.OpenAsync(
            gateway.Address,
            new() { ViewportSize = new() { Width = 375, Height = 700 }, IsMobile = true, HasTouch = true, DeviceScaleFactor = 2 });
        var answer = await page.AnswerAsync(Question);

        await answer.Locator(".prose .chip").First.TapAsync();
        await Assertions.Expect(page.Panel.Locator("mark").First).ToBeInViewportAsync();
        var box = await page.Panel.BoundingBoxAsync();
        box.ShouldNotBeNull();
        box.Width.ShouldBe(375);
        box.Y.ShouldBeGreaterThan(80);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Close the passage" }).TapAsync();

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Conversations" }).TapAsync();
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Button, new() { Name = "New chat" })).ToBeInViewportAsync();
        (await page.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(375);
    }

    [Fact]
    public async Task Keyboard_Alone_AsksOpensASourceAndStartsAnew()
    {
        await using var page = await browser.OpenAsync(gateway.Address);
        await Assertions.Expect(page.Question).ToBeFocusedAsync();
        await page.Page.Keyboard.TypeAsync(Question);
        await page.Page.Keyboard.PressAsync("Control+Enter");
        await page.EndedAsync();

        await TabUntilAsync(page, "button.chip");
        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Panel.Locator("mark").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Panel.Locator("h2")).ToBeFocusedAsync();
        await page.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Panel).ToHaveCountAsync(0);

        await TabUntilAsync(page, ".new-chat");
        var outline = await page.Page.EvaluateAsync<string>("() => getComputedStyle(document.activeElement).outlineStyle");
        outline.ShouldBe("solid");
        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Page.Locator(".welcome")).ToBeVisibleAsync();
        await Assertions.Expect(page.Question).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Controls_All_HaveANameToBeSpoken()
    {
        await using var page = await browser.OpenAsync(gateway.Address);
        await page.AnswerAsync(Question);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Documents", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Panel).ToBeVisibleAsync();

        var nameless = await page.Page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('button, a, input, select, textarea')]
              .filter(e => e.checkVisibility() && !(e.getAttribute('aria-label') || e.textContent.trim() || e.labels?.length))
              .map(e => e.outerHTML)
            """);

        nameless.ShouldBeEmpty();
        (await page.Page.Locator("main, nav, aside, h2").CountAsync()).ShouldBeGreaterThan(3);
    }

    private static Task<string> BackgroundAsync(ConsolePage page) =>
        page.Page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");

    private static async Task TabUntilAsync(ConsolePage page, string selector)
    {
        for (var i = 0; i < 60; i++)
        {
            await page.Page.Keyboard.PressAsync("Tab");
            if (await page.Page.EvaluateAsync<bool>("s => document.activeElement?.matches(s) ?? false", selector))
            {
                return;
            }
        }

        Assert.Fail($"{selector} was not reached with the Tab key.");
    }
}
