using System.Text;

namespace GenAI.Pipelines.Parsing;

/// <summary>Collects text and the structure that points into it; the one place that enforces the text limit.</summary>
internal sealed class DocumentBuilder(ParseLimits limits)
{
    private readonly StringBuilder _text = new();
    private readonly List<ParsedHeading> _headings = [];
    private readonly List<ParsedPage> _pages = [];
    private readonly List<ParsedTable> _tables = [];

    public int Length => _text.Length;

    public bool IsEmpty => _text.Length == 0;

    /// <summary>Appends text that was cleaned already or comes from a parser that cannot give control characters.</summary>
    public void Append(ReadOnlySpan<char> text)
    {
        if (text.Length > limits.MaxTextCharacters - _text.Length)
        {
            throw TextDecoder.TooMuchText(limits);
        }

        _text.Append(text);
    }

    /// <summary>Ends the current line unless the text is empty or already at a line start.</summary>
    public void EndLine()
    {
        if (_text.Length > 0 && _text[^1] != '\n')
        {
            Append("\n");
        }
    }

    /// <summary>Ends the current paragraph: exactly one empty line follows, except at the very start.</summary>
    public void EndParagraph()
    {
        EndLine();
        if (_text.Length > 1 && _text[^2] != '\n')
        {
            Append("\n");
        }
    }

    public void Paragraph(ReadOnlySpan<char> text)
    {
        if (!text.IsWhiteSpace())
        {
            EndParagraph();
            Append(text.Trim());
            EndParagraph();
        }
    }

    public void Heading(int level, string text)
    {
        var title = text.Trim();
        if (title.Length > 0)
        {
            EndParagraph();
            var start = _text.Length;
            Append(title);
            _headings.Add(new ParsedHeading(start, _text.Length, level, title));
            EndParagraph();
        }
    }

    /// <summary>Writes rows as lines with cells kept apart by a bar; the first <paramref name="headerRows"/> rows are the header.</summary>
    public void Table(IReadOnlyList<IReadOnlyList<string>> rows, int headerRows)
    {
        var kept = rows.Where(row => row.Any(cell => cell.Length > 0)).ToList();
        if (kept.Count == 0)
        {
            return;
        }

        EndParagraph();
        var start = _text.Length;
        var headerEnd = start;
        for (var row = 0; row < kept.Count; row++)
        {
            if (row > 0)
            {
                Append("\n");
            }

            Append(string.Join(" | ", kept[row]).Trim());
            headerEnd = row < headerRows ? _text.Length : headerEnd;
        }

        _tables.Add(new ParsedTable(start, _text.Length, headerEnd));
        EndParagraph();
    }

    public void AddPage(int start, int number) => _pages.Add(new ParsedPage(start, _text.Length, number));

    public void AddTable(ParsedTable table) => _tables.Add(table);

    public void AddHeading(ParsedHeading heading) => _headings.Add(heading);

    public ParsedDocument Build() => new(_text.ToString(), _headings, _pages, _tables);
}
