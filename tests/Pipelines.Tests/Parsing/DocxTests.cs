using System.IO.Compression;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using GenAI.Pipelines.Parsing;
using GenAI.Pipelines.Parsing.Docx;
using WordText = DocumentFormat.OpenXml.Wordprocessing.Text;

namespace GenAI.Pipelines.Tests.Parsing;

public sealed class DocxTests(SharedParsers shared) : IDisposable
{
    private readonly ParsingFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ParseAsync_Document_KeepsHeadingsListsAndTablesInOrder()
    {
        var path = _folder.PathOf("a.docx");
        using (var word = WordprocessingDocument.Create(path, WordprocessingDocumentType.Document))
        {
            var main = word.AddMainDocumentPart();
            var styles = main.AddNewPart<StyleDefinitionsPart>();
            styles.Styles = new Styles(
                new Style(new StyleName { Val = "heading 1" }) { StyleId = "berschrift1", Type = StyleValues.Paragraph },
                new Style(new StyleName { Val = "House" }, new BasedOn { Val = "berschrift1" }) { StyleId = "House", Type = StyleValues.Paragraph });
            main.Document = new Document(new Body(
                Styled("berschrift1", "Leave"),
                new Paragraph(new Run(new WordText("Staff get ") { Space = SpaceProcessingModeValues.Preserve }), new Run(new WordText("25 days."), new Break(), new WordText("Ask Ada."))),
                Styled("House", "Lists"),
                Item(0, "One"),
                Item(1, "Two"),
                new Table(new TableRow(Cell("Year"), Cell("Days")), new TableRow(Cell("2025"), Cell("25"))),
                new Paragraph(new Run(new WordText("End.")))));
        }

        var document = await ParseAsync(path);

        document.Text.ShouldBe("Leave\n\nStaff get 25 days.\nAsk Ada.\n\nLists\n\n- One\n  - Two\n\nYear | Days\n2025 | 25\n\nEnd.\n\n");
        document.Headings.Select(heading => (heading.Level, heading.Text)).ShouldBe([(1, "Leave"), (1, "Lists")]);
        var table = document.Tables.ShouldHaveSingleItem();
        document.Text[table.Start..table.HeaderEnd].ShouldBe("Year | Days");
    }

    [Theory]
    [InlineData("word/document.xml")]
    [InlineData("word/document.bin")]
    [InlineData("word/media/image1.png")]
    public async Task ParseAsync_ZipBomb_IsRefusedBeforeItUnpacks(string part)
    {
        var path = _folder.PathOf("bomb.docx");
        using (var archive = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            if (part != "word/document.xml")
            {
                archive.CreateEntry("word/document.xml");
            }

            using var entry = archive.CreateEntry(part).Open();
            entry.Write("<?xml version=\"1.0\"?><a>"u8);
            var zeros = new byte[1 << 20];
            for (var count = 0; count < 300; count++)
            {
                entry.Write(zeros);
            }
        }

        new FileInfo(path).Length.ShouldBeLessThan(1 << 20);
        var refused = await Should.ThrowAsync<ParseException>(() => ParseAsync(path));
        refused.Failure.ShouldBe(ParseFailure.TooLarge);
        refused.Message.ShouldContain("zip bomb");
    }

    [Fact]
    public void Check_WhitePictureThatPacksWell_IsNoBomb()
    {
        var path = _folder.PathOf("white.docx");
        using (var archive = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            using var entry = archive.CreateEntry("word/media/image1.bmp").Open();
            entry.Write("BM"u8);
            entry.Write(new byte[30 << 20]);
        }

        Should.NotThrow(() => DocxArchiveGuard.Check(path));
    }

    [Fact]
    public async Task ParseAsync_BrokenXml_IsReported()
    {
        var path = _folder.PathOf("broken.docx");
        using (var archive = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            using var entry = new StreamWriter(archive.CreateEntry("word/document.xml").Open());
            entry.Write("<w:document><w:body>");
        }

        (await Should.ThrowAsync<ParseException>(() => ParseAsync(path))).Failure.ShouldBe(ParseFailure.Malformed);
    }

    private static Paragraph Styled(string style, string text) =>
        new(new ParagraphProperties(new ParagraphStyleId { Val = style }), new Run(new WordText(text)));

    private static Paragraph Item(int level, string text) => new(
        new ParagraphProperties(new NumberingProperties(new NumberingLevelReference { Val = level }, new NumberingId { Val = 1 })),
        new Run(new WordText(text)));

    private static TableCell Cell(string text) => new(new Paragraph(new Run(new WordText(text))));

    private Task<ParsedDocument> ParseAsync(string path) =>
        shared.Parsers.ParseAsync(path, Path.GetFileName(path), ParseLimits.Default, TestContext.Current.CancellationToken);
}
