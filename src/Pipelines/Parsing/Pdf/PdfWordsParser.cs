namespace GenAI.Pipelines.Parsing.Pdf;

/// <summary>Lays out the words of a PDF as text in reading order, page by page; the same for every engine.</summary>
internal sealed class PdfWordsParser : IDocumentParser
{
    public ParsedDocument Parse(string path, ParseLimits limits)
    {
        var pages = PdfWordReader.Read(path, limits);
        if (pages.Count == 0)
        {
            throw PdfFailures.Malformed();
        }

        var rows = pages.ConvertAll(page => PdfLineBuilder.Build(page.Words));
        var running = PdfRunningLines.Find(rows);
        var builder = new DocumentBuilder(limits);
        var writer = new PdfTextWriter(builder, new PdfHeadings([.. rows.SelectMany(lines => lines)]), new PdfVocabulary(pages));
        for (var page = 0; page < pages.Count; page++)
        {
            var start = builder.Length;
            var dropped = running.On(rows[page]);
            foreach (var region in PdfColumns.Order(rows[page].Where(line => !dropped.Contains(line)).SelectMany(line => line.Words)))
            {
                writer.Write(region);
            }

            builder.EndParagraph();
            builder.AddPage(start, page + 1);
        }

        return builder.Build();
    }
}
