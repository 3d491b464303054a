using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;
using WordText = DocumentFormat.OpenXml.Wordprocessing.Text;

namespace GenAI.Pipelines.Parsing.Docx;

/// <summary>Writes paragraphs and tables of a Word document as text.</summary>
internal sealed class DocxBody(DocumentBuilder builder, DocxStyles styles)
{
    private bool _inList;

    public void Add(Paragraph paragraph)
    {
        var text = TextOf(paragraph);
        if (string.IsNullOrWhiteSpace(text))
        {
            return;
        }

        var level = styles.HeadingLevel(paragraph);
        var isListItem = level == 0 && paragraph.ParagraphProperties?.NumberingProperties?.NumberingId?.Val?.Value is > 0;
        if (level > 0)
        {
            builder.Heading(level, text.ReplaceLineEndings(" "));
        }
        else if (isListItem)
        {
            if (!_inList)
            {
                builder.EndParagraph();
            }

            var depth = Math.Clamp(paragraph.ParagraphProperties?.NumberingProperties?.NumberingLevelReference?.Val?.Value ?? 0, 0, 8);
            builder.EndLine();
            builder.Append(new string(' ', depth * 2) + "- " + text.Trim());
            builder.EndLine();
        }
        else
        {
            builder.Paragraph(text);
        }

        _inList = isListItem;
    }

    public void Add(Table table)
    {
        _inList = false;
        var rows = table.Elements<TableRow>().ToList();
        var cells = rows.Select(row => (IReadOnlyList<string>)[.. row.Descendants<TableCell>().Where(cell => cell.Ancestors<TableRow>().First() == row).Select(CellText)]).ToList();
        if (cells.All(row => row.Count <= 1))
        {
            // A frame around text, not a table: its paragraphs keep their headings and lists.
            foreach (var paragraph in table.Descendants<Paragraph>())
            {
                Add(paragraph);
            }

            return;
        }

        var marked = rows.TakeWhile(row => row.TableRowProperties?.Elements<TableHeader>().Any() == true).Count();
        builder.Table(cells, Math.Max(1, marked));
    }

    private static string CellText(TableCell cell) =>
        string.Join(' ', cell.Descendants<Paragraph>().Select(TextOf).Where(text => text.Length > 0)).ReplaceLineEndings(" ").Trim();

    private static string TextOf(Paragraph paragraph)
    {
        var text = new StringBuilder();
        foreach (var element in paragraph.Descendants())
        {
            text.Append(element switch
            {
                // Word stores a text box twice, for new and old readers; the second copy is skipped.
                WordText run => run.Ancestors<AlternateContentFallback>().Any() ? string.Empty : run.Text,
                TabChar => "\t",
                Break or CarriageReturn => "\n",
                NoBreakHyphen => "-",
                _ => string.Empty,
            });
        }

        return TextCleaner.Clean(text.ToString());
    }
}
