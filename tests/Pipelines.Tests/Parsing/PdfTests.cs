using System.Diagnostics;
using GenAI.Pipelines.Parsing;
using GenAI.Pipelines.Parsing.Pdf;
using GenAI.Pipelines.Parsing.Worker;

namespace GenAI.Pipelines.Tests.Parsing;

/// <summary>Every engine must read the same file as the same text.</summary>
public sealed class PdfTests : IDisposable
{
    private static readonly string[] LeftColumn =
    [
        "The left column of this page begins here and", "goes on over several lines of text that fill it", "to the edge, as columns in a journal do when",
        "they are set with care by people who know the", "craft; a hyphen at the end of a line breaks a com-", "puter word, and a self-made word must keep its own",
        "mark when it is self-", "made. The left column ends with this last line.",
    ];

    private static readonly string[] RightColumn =
    [
        "The right column is read after the left one is", "done, since a reader goes down before going", "across; each of its lines stands at the same",
        "height as a line of the left column, and so a", "program that reads along the lines would mix", "the two into nonsense that no one could cite,",
        "which is the mistake that this test is here to", "find. The right column ends with this last line.",
    ];

    private readonly ParsingFolder _folder = new();

    public static TheoryData<PdfEngineKind> Engines => [PdfEngineKind.Poppler, PdfEngineKind.PdfJs];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task ParseAsync_TwoColumns_AreReadOneAfterTheOther(PdfEngineKind engine)
    {
        var pdf = new PdfBytes().Text(72, 730, "A Study of Columns", 18).Lines(60, 690, LeftColumn).Lines(320, 690, RightColumn).EndPage();

        var document = await ParseAsync(engine, pdf.Build());

        document.Headings.ShouldHaveSingleItem().Text.ShouldBe("A Study of Columns");
        document.Text.ShouldContain("a computer word, and a self-made word must keep its own mark when it is self-made.");
        document.Text.IndexOf("left column ends", StringComparison.Ordinal).ShouldBeLessThan(document.Text.IndexOf("right column is read", StringComparison.Ordinal));
        document.Text.ShouldContain("as columns in a journal do when they are set with care");
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task ParseAsync_Table_KeepsLabelAndFiguresOnOneLine(PdfEngineKind engine)
    {
        var pdf = new PdfBytes().Lines(72, 720, "Results of operations are given in the table below, which is in millions.");
        (string Label, string First, string Second)[] rows =
            [("", "2023", "2022"), ("Revenue", "$ 1,234", "$ 1,100"), ("Cost of sales", "(700)", "(650)"), ("Expenses:", "", ""), ("Selling", "34", "—"), ("Net income", "$ 500", "$ 450")];
        for (var row = 0; row < rows.Length; row++)
        {
            var y = 670 - (row * 14);
            pdf.Text(72, y, rows[row].Label).Text(350, y, rows[row].First).Text(450, y, rows[row].Second.Replace('—', '-'));
        }

        var document = await ParseAsync(engine, pdf.EndPage().Build());

        document.Text.ShouldContain("Revenue  $ 1,234  $ 1,100\nCost of sales  (700)  (650)\nExpenses:\nSelling  34  -\nNet income  $ 500  $ 450");
        var table = document.Tables.ShouldHaveSingleItem();
        document.Text[table.Start..table.HeaderEnd].ShouldBe("2023  2022");
        document.Text[table.Start..table.End].ShouldEndWith("$ 450");
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task ParseAsync_CurrencySignCloseToTheColumnBefore_BelongsToItsFigure(PdfEngineKind engine)
    {
        var pdf = new PdfBytes().Lines(72, 720, "Results of operations are given in the table below, which is in millions.");
        for (var row = 0; row < 3; row++)
        {
            pdf.Text(72, 670 - (row * 14), "Revenue").Text(350, 670 - (row * 14), "16,388").Text(386, 670 - (row * 14), "$").Text(400, 670 - (row * 14), "14,573");
        }

        var document = await ParseAsync(engine, pdf.EndPage().Build());

        document.Text.ShouldContain("Revenue  16,388  $ 14,573\n");
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task ParseAsync_Pages_AreNumberedAndRunningLinesGo(PdfEngineKind engine)
    {
        var pdf = new PdfBytes();
        for (var page = 1; page <= 4; page++)
        {
            pdf.Text(72, 760, "ACME Handbook 2026").Lines(72, 700, $"This is what page number {page} of the handbook says.").Text(300, 30, $"{page}").EndPage();
        }

        var document = await ParseAsync(engine, pdf.Build());

        document.Pages.Select(page => page.Number).ShouldBe([1, 2, 3, 4]);
        document.Pages.Select(page => document.Text[page.Start..page.End].Trim())
            .ShouldBe(Enumerable.Range(1, 4).Select(page => $"This is what page number {page} of the handbook says."));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task ParseAsync_Encrypted_SaysSo(PdfEngineKind engine)
    {
        var random = string.Concat(Enumerable.Range(0, 32).Select(index => (index * 7 % 256).ToString("X2", null)));
        var pdf = new PdfBytes().Text(72, 700, "secret").EndPage()
            .Build($"/ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>] /Encrypt << /Filter /Standard /V 1 /R 2 /O <{random}> /U <{random}> /P -4 >>");

        (await RefusedAsync(engine, pdf, ParseLimits.Default)).Failure.ShouldBe(ParseFailure.Encrypted);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task ParseAsync_CutShort_SaysSo(PdfEngineKind engine)
    {
        var pdf = new PdfBytes().Text(72, 700, "text").EndPage().Build();

        (await RefusedAsync(engine, pdf[..40], ParseLimits.Default)).Failure.ShouldBe(ParseFailure.Malformed);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task ParseAsync_PagesWithoutText_SaysItIsAScan(PdfEngineKind engine)
    {
        var refused = await RefusedAsync(engine, new PdfBytes().EndPage().EndPage().Build(), ParseLimits.Default);

        refused.Failure.ShouldBe(ParseFailure.NoText);
        refused.Message.ShouldContain("OCR");
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task ParseAsync_EndlessPages_IsStopped(PdfEngineKind engine)
    {
        // Ten levels of page nodes that each name the next one ten times: 10^10 pages in a kilobyte.
        var objects = new List<string> { "<< /Type /Catalog /Pages 2 0 R >>" };
        for (var level = 2; level < 12; level++)
        {
            objects.Add($"<< /Type /Pages /Count 2000000000 /Kids [{string.Join(' ', Enumerable.Repeat($"{level + 1} 0 R", 10))}] >>");
        }

        objects.Add("<< /Type /Page /MediaBox [0 0 612 792] /Resources << /Font << /F1 13 0 R >> >> /Contents 14 0 R >>");
        objects.Add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
        objects.Add("<< /Length 44 >>\nstream\nBT /F1 10 Tf 72 700 Td (again and again) Tj ET\nendstream");

        var refused = await RefusedAsync(engine, PdfBytes.Assemble(objects), ParseLimits.Default with { Timeout = TimeSpan.FromSeconds(3), MaxPages = 500 });

        refused.Failure.ShouldBeOneOf(ParseFailure.TooSlow, ParseFailure.TooLarge, ParseFailure.OutOfMemory, ParseFailure.Malformed);
    }

    [Fact]
    public async Task PdfJs_ServerThatIsGone_EndsWithItThoughAPageKeepsItBusy()
    {
        // A file that never ends keeps the script's own thread for good, as a hostile page would; the end of its input is all that is left.
        var endless = _folder.PathOf("endless.pdf");
        using (var make = Process.Start("mkfifo", endless))
        {
            await make.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var script = Path.Combine(AppContext.BaseDirectory, "pdfjs-words", "words.mjs");
        using var node = Process.Start(ChildProcess.Describe("node", [script, endless, "10"])).ShouldNotBeNull();
        using (var write = new FileStream(endless, FileMode.Open, FileAccess.Write))
        {
            // Opened by the script for reading too, so it is in the middle of its work.
            node.HasExited.ShouldBeFalse();
            node.StandardInput.Close();

            await node.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        }

        node.ExitCode.ShouldBe(128 + 9);
    }

    private async Task<ParseException> RefusedAsync(PdfEngineKind engine, byte[] pdf, ParseLimits limits) =>
        await Should.ThrowAsync<ParseException>(() => ParseAsync(engine, pdf, limits));

    private async Task<ParsedDocument> ParseAsync(PdfEngineKind engine, byte[] pdf, ParseLimits? limits = null)
    {
        IPdfEngine program = engine == PdfEngineKind.Poppler ? new PopplerEngine(TimeProvider.System) : new PdfJsEngine(TimeProvider.System);

        // PDF.js runs on Node.js, which the build needs anyway; pdftotext may be missing on a newcomer's machine, not in CI.
        if (engine == PdfEngineKind.PdfJs || Environment.GetEnvironmentVariable("CI") is { Length: > 0 })
        {
            program.Missing.ShouldBeNull();
        }

        Assert.SkipUnless(program.Missing is null, program.Missing ?? string.Empty);
        await using var parsers = new DocumentParsers(new DocumentParsersOptions { MaxWorkers = 1, PdfEngine = engine });
        return await parsers.ParseAsync(_folder.Write("a.pdf", pdf), "a.pdf", limits ?? ParseLimits.Default, TestContext.Current.CancellationToken);
    }
}
