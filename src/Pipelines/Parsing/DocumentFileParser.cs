using GenAI.Pipelines.Parsing.Docx;
using GenAI.Pipelines.Parsing.Html;
using GenAI.Pipelines.Parsing.Pdf;
using GenAI.Pipelines.Parsing.Tabular;
using GenAI.Pipelines.Parsing.Text;

namespace GenAI.Pipelines.Parsing;

/// <summary>The parser of each format; runs inside the parser process.</summary>
internal static class DocumentFileParser
{
    public static ParsedDocument Parse(string path, FileFormat format, ParseLimits limits)
    {
        IDocumentParser parser = format switch
        {
            FileFormat.Markdown => new MarkdownParser(),
            FileFormat.ReStructuredText => new ReStructuredTextParser(),
            FileFormat.Html => new HtmlParser(),
            FileFormat.Csv => new CsvParser(),
            FileFormat.Json => new JsonParser(lines: false),
            FileFormat.JsonLines => new JsonParser(lines: true),
            FileFormat.Docx => new DocxParser(),
            FileFormat.PdfWords => new PdfWordsParser(),
            _ => new PlainTextParser(),
        };
        var document = parser.Parse(path, limits);
        if (!document.Text.AsSpan().IsWhiteSpace())
        {
            return document;
        }

        throw format == FileFormat.PdfWords
            ? new ParseException(ParseFailure.NoText, "The PDF has pages but no text, as scans have; run it through text recognition (OCR) and add the result.")
            : new ParseException(ParseFailure.NoText, "The file was read but holds no text; nothing in it can be found or cited.");
    }
}
