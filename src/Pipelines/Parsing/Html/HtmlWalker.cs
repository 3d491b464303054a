using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace GenAI.Pipelines.Parsing.Html;

/// <summary>Walks a page in document order and writes it; a loop instead of recursion, since a hostile page nests without end.</summary>
internal sealed class HtmlWalker(DocumentBuilder builder)
{
    private static readonly HashSet<string> Blocks = new(StringComparer.OrdinalIgnoreCase)
    {
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset",
        "figcaption", "figure", "footer", "form", "header", "hr", "html", "li", "main", "ol", "p", "pre", "section",
        "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    };

    private readonly StringBuilder _inline = new();
    private int _preformatted;
    private bool _listItem;

    public void Walk(IElement root)
    {
        INode? node = root.FirstChild;
        while (node is not null)
        {
            if (Enter(node) && node.HasChildNodes)
            {
                node = node.FirstChild;
                continue;
            }

            node = Next(node, root);
        }

        Flush();
    }

    private INode? Next(INode node, IElement root)
    {
        INode? current = node;
        while (current is not null && current != root)
        {
            Leave(current);
            if (current.NextSibling is { } sibling)
            {
                return sibling;
            }

            current = current.Parent;
        }

        return null;
    }

    /// <summary>Whether the walk goes on inside the node.</summary>
    private bool Enter(INode node)
    {
        if (node is IText text)
        {
            Write(TextCleaner.Clean(text.Data));
            return false;
        }

        if (node is not IElement element || HtmlText.IsHidden(element))
        {
            return false;
        }

        if (element is IHtmlHeadingElement)
        {
            Flush();
            builder.Heading(element.LocalName[1] - '0', HtmlText.Inline(element));
            return false;
        }

        if (element is IHtmlTableElement table && HtmlTable.TryRead(table, out var rows, out var headerRows))
        {
            Flush();
            builder.Paragraph(table.Caption is { } caption ? HtmlText.Inline(caption) : string.Empty);
            builder.Table(rows, headerRows);
            return false;
        }

        if (element is IHtmlBreakRowElement)
        {
            _inline.Append('\n');
            return false;
        }

        if (Blocks.Contains(element.LocalName))
        {
            Flush();
            _preformatted += element.LocalName == "pre" ? 1 : 0;
            _listItem |= element.LocalName == "li";
        }

        return true;
    }

    private void Leave(INode node)
    {
        // What was hidden or written whole was never entered, and flushing twice changes nothing.
        if (node is IElement element && Blocks.Contains(element.LocalName))
        {
            Flush();
            _preformatted -= element.LocalName == "pre" && _preformatted > 0 && !HtmlText.IsHidden(element) ? 1 : 0;
        }
    }

    private void Write(string text)
    {
        if (_preformatted > 0)
        {
            _inline.Append(text);
        }
        else
        {
            HtmlText.AppendCollapsed(_inline, text);
        }
    }

    private void Flush()
    {
        if (_inline.Length == 0)
        {
            return;
        }

        var text = _preformatted > 0 ? _inline.ToString().Trim('\n', '\r') : TrimLines(_inline.ToString());
        _inline.Clear();
        if (string.IsNullOrWhiteSpace(text))
        {
            return;
        }

        if (_listItem)
        {
            builder.EndLine();
            builder.Append("- ");
            builder.Append(text);
            builder.EndLine();
            _listItem = false;
        }
        else
        {
            builder.EndParagraph();
            builder.Append(text);
            builder.EndParagraph();
        }
    }

    private static string TrimLines(string text) =>
        text.Contains('\n', StringComparison.Ordinal)
            ? string.Join('\n', text.Split('\n').Select(line => line.Trim())).Trim('\n')
            : text.Trim();
}
