using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace GenAI.EndToEnd.Tests.Console;

/// <summary>The page as a reader uses it, and what the browser complained of meanwhile.</summary>
internal sealed class ConsolePage : IAsyncDisposable
{
    /// <summary>Long: the model shares two cores with whatever else runs.</summary>
    public const float AnswerLimitMs = 240_000;

    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = new();

    public ConsolePage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.PageError += (_, error) => _complaints.Enqueue(error);
        page.Console += (_, message) =>
        {
            // A failed request shows as such in the page; scripts refused by the content policy must not occur at all.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
            {
                _complaints.Enqueue(message.Text);
            }
        };
    }

    public IPage Page { get; }

    /// <summary>Errors of scripts and of the content policy.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    public ILocator Question => Page.Locator("#question");

    public ILocator LastAnswer => Page.Locator("article.answer").Last;

    public ILocator Panel => Page.Locator("aside.panel");

    public async Task AskAsync(string question)
    {
        await Question.FillAsync(question);
        await Question.PressAsync("Enter");
    }

    /// <summary>Asks and waits until the answer is complete.</summary>
    public async Task<ILocator> AnswerAsync(string question)
    {
        await AskAsync(question);
        await EndedAsync();
        return LastAnswer;
    }

    /// <summary>Waits until nothing is being written any more.</summary>
    public async Task EndedAsync()
    {
        await Assertions.Expect(Page.Locator("article.answer[aria-busy=false]").Last).ToBeVisibleAsync(new() { Timeout = AnswerLimitMs });
        await Assertions.Expect(Page.Locator("article.answer[aria-busy=true]")).ToHaveCountAsync(0, new() { Timeout = AnswerLimitMs });
    }

    /// <summary>Chooses exactly these collections by name.</summary>
    public async Task ChooseAsync(params string[] collections)
    {
        await Page.Locator(".picker-button").ClickAsync();
        var boxes = Page.Locator("#collections label");
        await Assertions.Expect(boxes.First).ToBeVisibleAsync();
        for (var i = 0; i < await boxes.CountAsync(); i++)
        {
            var name = (await boxes.Nth(i).Locator("span").First.InnerTextAsync()).Trim();
            await boxes.Nth(i).Locator("input").SetCheckedAsync(collections.Contains(name, StringComparer.Ordinal));
        }

        await Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(Page.Locator("#collections")).ToHaveCountAsync(0);
    }

    /// <summary>Drops files on the page as a file manager would.</summary>
    public async Task DropAsync(params (string Name, string Text)[] files)
    {
        var transfer = await Page.EvaluateHandleAsync(
            "files => { const t = new DataTransfer(); for (const f of files) t.items.add(new File([f.text], f.name)); return t; }",
            files.Select(f => new { name = f.Name, text = f.Text }).ToArray());
        foreach (var step in new[] { "dragenter", "dragover" })
        {
            await Page.DispatchEventAsync("main", step, new { dataTransfer = transfer });
        }

        await Assertions.Expect(Page.Locator(".dropzone")).ToBeVisibleAsync();
        await Page.DispatchEventAsync("main", "drop", new { dataTransfer = transfer });
        await Assertions.Expect(Page.Locator(".dropzone")).ToHaveCountAsync(0);
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
