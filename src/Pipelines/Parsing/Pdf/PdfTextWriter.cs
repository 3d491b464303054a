namespace GenAI.Pipelines.Parsing.Pdf;

/// <summary>Writes the regions of a page as paragraphs, headings and tables.</summary>
internal sealed class PdfTextWriter(DocumentBuilder builder, PdfHeadings headings, PdfVocabulary vocabulary)
{
    public void Write(IReadOnlyList<PdfLine> lines)
    {
        var tables = PdfTables.Find(lines);
        var index = 0;
        foreach (var (first, headerEnd, end) in tables)
        {
            Prose(lines, index, first);
            Table(lines, first, headerEnd, end);
            index = end;
        }

        Prose(lines, index, lines.Count);
    }

    private void Table(IReadOnlyList<PdfLine> lines, int first, int headerEnd, int end)
    {
        builder.EndParagraph();
        var start = builder.Length;
        var header = start;
        for (var index = first; index < end; index++)
        {
            if (index > first)
            {
                builder.Append("\n");
            }

            builder.Append(lines[index].Text);
            header = index < headerEnd ? builder.Length : header;
        }

        builder.AddTable(new ParsedTable(start, builder.Length, header));
        builder.EndParagraph();
    }

    private void Prose(IReadOnlyList<PdfLine> lines, int first, int end)
    {
        var right = 0f;
        for (var index = first; index < end; index++)
        {
            right = Math.Max(right, lines[index].Right);
        }

        for (var index = first; index < end; index++)
        {
            var line = lines[index];
            var startsParagraph = index == first || StartsParagraph(lines[index - 1], line, right);
            var endsParagraph = index + 1 == end || StartsParagraph(line, lines[index + 1], right);
            if (startsParagraph)
            {
                builder.EndParagraph();
            }

            if (startsParagraph && endsParagraph && headings.LevelOf(line) is > 0 and var level)
            {
                builder.Heading(level, line.Text);
                continue;
            }

            Append(line.Text, !endsParagraph ? lines[index + 1].Text : null);
        }

        builder.EndParagraph();
    }

    private void Append(string line, string? next)
    {
        if (next is null)
        {
            builder.Append(line);
            return;
        }

        var (glue, dropHyphen) = vocabulary.Join(line, next);
        builder.Append(dropHyphen ? line.AsSpan(0, line.Length - 1) : line);
        builder.Append(glue ? string.Empty : " ");
    }

    /// <summary>A new paragraph: more space than between lines, another size, a bullet, an indent, or a last line that stopped short.</summary>
    private static bool StartsParagraph(PdfLine previous, PdfLine line, float right)
    {
        var height = Math.Min(previous.Height, line.Height);
        var gap = line.Top - previous.Bottom;
        var widelySet = gap <= 1.4f * height && previous.Right > right - (6 * height) && previous.Text[^1] is not ('.' or '!' or '?' or ':');
        if ((gap > 0.6f * height && !widelySet) || gap < -2 * height || Math.Abs(previous.Height - line.Height) > 0.15f * height)
        {
            return true;
        }

        // Lines with wide gaps are set beside each other on purpose; they are never one sentence.
        if (previous.Cells.Count > 1 || line.Cells.Count > 2)
        {
            return true;
        }

        if (line.Text[0] is '•' or '●' or '▪' or '◦' or '■' || (line.Text[0] is '-' or '–' or '*' && line.Text.Length > 1 && line.Text[1] == ' '))
        {
            return true;
        }

        var stopped = previous.Text[^1] is '.' or '!' or '?' or ':' or ';' && previous.Right < right - (4 * height);
        var muchShorter = previous.Right < right - (0.35f * (right - previous.Left)) && !char.IsLower(line.Text[0]);
        var indented = line.Left > previous.Left + height && char.IsUpper(line.Text[0]) && previous.Text[^1] is '.' or ':';
        return stopped || muchShorter || indented;
    }
}
