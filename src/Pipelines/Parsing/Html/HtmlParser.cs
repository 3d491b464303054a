using AngleSharp.Dom;

namespace GenAI.Pipelines.Parsing.Html;

/// <summary>The readable part of a page in document order; what a browser would not show, and navigation, is left out.</summary>
internal sealed class HtmlParser : IDocumentParser
{
    public ParsedDocument Parse(string path, ParseLimits limits)
    {
        using var stream = File.OpenRead(path);
        if (stream.Length > 4L * limits.MaxTextCharacters)
        {
            throw TextDecoder.TooMuchText(limits);
        }

        // AngleSharp is handed the bytes, since the page itself may name its encoding in a meta element.
        using var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(stream);
        var builder = new DocumentBuilder(limits);
        var title = page.Title;
        if (!string.IsNullOrWhiteSpace(title) && page.QuerySelector("h1") is null)
        {
            builder.Heading(1, HtmlText.Collapse(TextCleaner.Clean(title)));
        }

        if (MainPart(page) is { } root)
        {
            new HtmlWalker(builder).Walk(root);
        }

        return builder.Build();
    }

    /// <summary>The main element, or the only article, or else the body.</summary>
    private static IElement? MainPart(IDocument page)
    {
        var articles = page.QuerySelectorAll("article");
        var main = page.QuerySelector("main, [role=main]") ?? (articles.Length == 1 ? articles[0] : null);

        // A page may mark an empty or decorative part as its main one; then the body says more.
        return main is not null && main.TextContent.AsSpan().Trim().Length >= 100 ? main : page.Body;
    }
}
