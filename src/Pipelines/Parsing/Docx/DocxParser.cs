using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace GenAI.Pipelines.Parsing.Docx;

/// <summary>The body of a Word document in order, read as a stream: headings by style, lists, tables, notes at the end.</summary>
internal sealed class DocxParser : IDocumentParser
{
    public ParsedDocument Parse(string path, ParseLimits limits)
    {
        try
        {
            DocxArchiveGuard.Check(path);
            using var word = WordprocessingDocument.Open(path, isEditable: false, new OpenSettings { AutoSave = false });
            var main = word.MainDocumentPart ?? throw new InvalidDataException("main part missing");
            var builder = new DocumentBuilder(limits);
            var styles = DocxStyles.Read(main);
            Write(main, new DocxBody(builder, styles));
            foreach (OpenXmlPart? notes in new OpenXmlPart?[] { main.FootnotesPart, main.EndnotesPart })
            {
                if (notes is not null)
                {
                    Write(notes, new DocxBody(builder, styles));
                }
            }

            return builder.Build();
        }
        catch (Exception broken) when (broken is InvalidDataException or XmlException or OpenXmlPackageException or FormatException or IOException)
        {
            throw new ParseException(ParseFailure.Malformed, "The Word document is damaged; open it in a word processor, save it again and add that.", broken);
        }
    }

    private static void Write(OpenXmlPart part, DocxBody body)
    {
        using var reader = OpenXmlReader.Create(part);
        while (reader.Read())
        {
            // Paragraphs inside tables and text boxes are taken by the table or paragraph that holds them.
            if (reader.IsStartElement && reader.ElementType == typeof(Table))
            {
                body.Add((Table)reader.LoadCurrentElement()!);
            }
            else if (reader.IsStartElement && reader.ElementType == typeof(Paragraph))
            {
                body.Add((Paragraph)reader.LoadCurrentElement()!);
            }
        }
    }
}
