using System.Text;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace GenAI.Pipelines.Parsing.Text;

/// <summary>
/// Markdown stays its source, so that a citation is word for word what the author wrote; the syntax tree only gives
/// the places of headings and tables.
/// </summary>
internal sealed class MarkdownParser : IDocumentParser
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UseYamlFrontMatter()
        .UsePipeTables()
        .UseGridTables()
        .UsePreciseSourceLocation()
        .Build();

    public ParsedDocument Parse(string path, ParseLimits limits)
    {
        var text = TextDecoder.ReadAll(path, limits);
        MarkdownDocument tree;
        try
        {
            tree = Markdown.Parse(text, Pipeline);
        }
        catch (ArgumentException)
        {
            // Markdig refuses nesting beyond its depth limit; such a file is still text worth finding.
            return new ParsedDocument(text, [], [], []);
        }

        var headings = new List<ParsedHeading>();
        var tables = new List<ParsedTable>();
        foreach (var block in tree.Descendants())
        {
            if (block is HeadingBlock heading && Title(heading) is { Length: > 0 } title)
            {
                headings.Add(new ParsedHeading(heading.Span.Start, Math.Min(heading.Span.End + 1, text.Length), heading.Level, title));
            }
            else if (block is Table table && !table.Span.IsEmpty)
            {
                tables.Add(Locate(table, text));
            }
        }

        return new ParsedDocument(text, headings, [], tables);
    }

    private static string Title(HeadingBlock heading)
    {
        var title = new StringBuilder();
        foreach (var inline in heading.Inline?.Descendants() ?? [])
        {
            title.Append(inline switch
            {
                LiteralInline literal => literal.Content.AsSpan(),
                CodeInline code => code.Content,
                LineBreakInline => " ",
                _ => [],
            });
        }

        return title.ToString().Trim();
    }

    /// <summary>Whole lines from the first to the last row; in a pipe table the header ends with the line of dashes.</summary>
    private static ParsedTable Locate(Table table, string text)
    {
        var start = table.Span.Start == 0 ? 0 : text.LastIndexOf('\n', table.Span.Start - 1) + 1;
        var end = LineEnd(text, Math.Min(table.Span.End, text.Length - 1));
        var firstLine = LineEnd(text, start);
        var headerEnd = table.Count > 0 && table[0] is TableRow { IsHeader: true } && firstLine < end ? LineEnd(text, firstLine + 1) : start;
        return new ParsedTable(start, end, Math.Min(headerEnd, end));
    }

    private static int LineEnd(string text, int from)
    {
        var end = text.IndexOf('\n', from);
        return end < 0 ? text.Length : end;
    }
}
