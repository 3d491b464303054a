using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace GenAI.Pipelines.Parsing.Html;

/// <summary>Which elements show, and their text with white space as a browser lays it out.</summary>
internal static class HtmlText
{
    private static readonly HashSet<string> Unseen = new(StringComparer.OrdinalIgnoreCase)
    {
        "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "canvas", "audio", "video",
        "nav", "button", "select", "input", "textarea", "datalist", "dialog", "head", "meta", "link",
    };

    public static bool IsHidden(IElement element) =>
        Unseen.Contains(element.LocalName)
        || element.HasAttribute("hidden")
        || string.Equals(element.GetAttribute("aria-hidden"), "true", StringComparison.OrdinalIgnoreCase)
        || element.GetAttribute("role") is "navigation" or "search"
        || HiddenByStyle(element.GetAttribute("style"));

    public static string Collapse(string text)
    {
        var collapsed = new StringBuilder(text.Length);
        AppendCollapsed(collapsed, text);
        return collapsed.ToString().Trim();
    }

    /// <summary>Appends with every run of white space as one space, also across calls.</summary>
    public static void AppendCollapsed(StringBuilder target, string text)
    {
        foreach (var character in text)
        {
            if (!char.IsWhiteSpace(character) || character == '\u00A0')
            {
                target.Append(character == '\u00A0' ? ' ' : character);
            }
            else if (target.Length > 0 && target[^1] is not (' ' or '\n'))
            {
                target.Append(' ');
            }
        }
    }

    /// <summary>The visible text below an element on one line; a loop instead of recursion, since nesting has no limit.</summary>
    public static string Inline(IElement element)
    {
        var text = new StringBuilder();
        INode? node = element.FirstChild;
        while (node is not null)
        {
            if (node is IText part)
            {
                AppendCollapsed(text, TextCleaner.Clean(part.Data));
            }
            else if (node is IHtmlBreakRowElement)
            {
                AppendCollapsed(text, " ");
            }

            var descend = node is IElement child && !IsHidden(child) && node.HasChildNodes;
            node = descend ? node.FirstChild : Following(node, element, text);
        }

        return text.ToString().Trim();
    }

    private static INode? Following(INode node, IElement root, StringBuilder text)
    {
        INode? current = node;
        while (current is not null && current != root)
        {
            if (current is IElement { LocalName: "p" or "div" or "li" })
            {
                AppendCollapsed(text, " ");
            }

            if (current.NextSibling is { } next)
            {
                return next;
            }

            current = current.Parent;
        }

        return null;
    }

    private static bool HiddenByStyle(string? style)
    {
        if (style is null)
        {
            return false;
        }

        var compact = style.Replace(" ", string.Empty, StringComparison.Ordinal);
        return compact.Contains("display:none", StringComparison.OrdinalIgnoreCase)
            || compact.Contains("visibility:hidden", StringComparison.OrdinalIgnoreCase);
    }
}
