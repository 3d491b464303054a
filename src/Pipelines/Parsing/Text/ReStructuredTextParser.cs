namespace GenAI.Pipelines.Parsing.Text;

/// <summary>
/// reStructuredText kept as its source, with section titles found by their underlines. As in docutils, the order in
/// which underline characters first appear gives the levels; a title underlined and overlined counts as its own kind.
/// </summary>
internal sealed class ReStructuredTextParser : IDocumentParser
{
    public ParsedDocument Parse(string path, ParseLimits limits)
    {
        var text = TextDecoder.ReadAll(path, limits);
        var headings = new List<ParsedHeading>();
        var kinds = new List<string>();
        var beforePrevious = default(Range);
        var previous = default(Range);
        foreach (var line in text.AsSpan().Split('\n'))
        {
            var title = text.AsSpan(previous).TrimEnd();
            var underline = text.AsSpan(line).TrimEnd();
            if (title.Length > 0 && !char.IsWhiteSpace(title[0]) && underline.Length >= title.Length && IsRule(underline) && !IsRule(title))
            {
                var overline = text.AsSpan(beforePrevious).TrimEnd();
                var kind = IsRule(overline) && overline[0] == underline[0] ? $"{underline[0]}{underline[0]}" : $"{underline[0]}";
                if (!kinds.Contains(kind))
                {
                    kinds.Add(kind);
                }

                var start = previous.Start.Value;
                headings.Add(new ParsedHeading(start, start + title.Length, kinds.IndexOf(kind) + 1, title.ToString()));
            }

            beforePrevious = previous;
            previous = line;
        }

        return new ParsedDocument(text, headings, [], []);
    }

    private static bool IsRule(ReadOnlySpan<char> line) =>
        line.Length >= 3 && "=-`:'\"~^_*+#<>.".Contains(line[0]) && line.TrimStart(line[0]).IsEmpty;
}
