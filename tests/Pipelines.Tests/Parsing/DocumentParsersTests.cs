using System.Text;
using GenAI.Pipelines.Parsing;

namespace GenAI.Pipelines.Tests.Parsing;

public sealed class DocumentParsersTests(SharedParsers shared) : IDisposable
{
    private readonly ParsingFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ParseAsync_Markdown_KeepsTheSourceAndFindsHeadingsAndTables()
    {
        var document = await ParseAsync("a.md", "---\ntitle: x\n---\n# One `code` *two*\r\n\r\nText.\r\n\r\n| a | b |\r\n|---|---|\r\n| 1 | 2 |\r\n\r\nSetext\n------\n\n```\n# not a heading\n```\n");

        document.Text.ShouldNotContain('\r');
        document.Headings.Select(heading => (heading.Level, heading.Text)).ShouldBe([(1, "One code two"), (2, "Setext")]);
        document.Text[document.Headings[0].Start..document.Headings[0].End].ShouldBe("# One `code` *two*");
        var table = document.Tables.ShouldHaveSingleItem();
        document.Text[table.Start..table.End].ShouldBe("| a | b |\n|---|---|\n| 1 | 2 |");
        document.Text[table.Start..table.HeaderEnd].ShouldBe("| a | b |\n|---|---|");
    }

    [Fact]
    public async Task ParseAsync_Html_KeepsWhatIsReadInOrder()
    {
        const string Page = """
            <!doctype html><html><head><title>Site</title><style>p{}</style></head><body>
            <nav><a href="/">Home</a></nav>
            <h1>Leave &amp; holidays</h1><p>Staff get   <b>25</b> days.<br>Ask Ada.</p>
            <ul><li>One</li><li>Two <em>x</em></li></ul><p hidden>secret</p><div style="display: none">gone</div>
            <table><caption>Rates</caption><thead><tr><th>Year</th><th>Days</th></tr></thead><tr><td>2025</td><td>25</td></tr><tr><td colspan=2>all</td></tr></table>
            <pre>a
              b</pre><script>alert(1)</script></body></html>
            """;

        var document = await ParseAsync("a.html", Page);

        document.Text.ShouldBe("Leave & holidays\n\nStaff get 25 days.\nAsk Ada.\n\n- One\n- Two x\n\nRates\n\nYear | Days\n2025 | 25\nall\n\na\n  b\n\n", StringCompareShould.IgnoreLineEndings);
        document.Headings.ShouldHaveSingleItem().Text.ShouldBe("Leave & holidays");
        var table = document.Tables.ShouldHaveSingleItem();
        document.Text[table.Start..table.HeaderEnd].ShouldBe("Year | Days");
    }

    [Theory]
    [InlineData("a,b\n1,2\n3,\"x, \"\"y\"\"\"\n")]
    [InlineData("a;b\n1;2\n3;\"x, \"\"y\"\"\"\n")]
    [InlineData("a\tb\n1\t2\n3\tx, \"y\"\n")]
    public async Task ParseAsync_Csv_NamesEachValueByItsColumn(string content)
    {
        var document = await ParseAsync("a.csv", content);

        document.Text.ShouldBe("a: 1\nb: 2\n\na: 3\nb: x, \"y\"\n\n");
    }

    [Fact]
    public async Task ParseAsync_CsvWithoutHeader_NumbersTheColumns()
    {
        (await ParseAsync("a.csv", "1,Ada\n2,Bob\n")).Text.ShouldBe("column 1: 1\ncolumn 2: Ada\n\ncolumn 1: 2\ncolumn 2: Bob\n\n");
    }

    [Fact]
    public async Task ParseAsync_Json_BecomesPathsAndValues()
    {
        var document = await ParseAsync("a.json", """{"team":"Ops","staff":[{"name":"Ada","tags":["x","y"]},{"name":null,"age":7}]}""");

        document.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ShouldBe(["team: Ops", "staff[0].name: Ada", "staff[0].tags[0]: x", "staff[0].tags[1]: y", "staff[1].age: 7"]);
    }

    [Fact]
    public async Task ParseAsync_JsonLines_ReadsEachLineAndNamesABrokenOne()
    {
        (await ParseAsync("a.jsonl", "{\"a\":1}\n\n{\"a\":2}\n")).Text.ShouldBe("a: 1\n\na: 2\n\n");

        var refused = await Should.ThrowAsync<ParseException>(() => ParseAsync("b.jsonl", "{\"a\":1}\n{\"a\":\n"));
        refused.Failure.ShouldBe(ParseFailure.Malformed);
        refused.Message.ShouldContain("line 2");
    }

    [Fact]
    public async Task ParseAsync_ReStructuredText_FindsTitles()
    {
        var document = await ParseAsync("a.rst", "=====\nGuide\n=====\n\nText.\n\nPart one\n--------\n\nMore.\n");

        document.Headings.Select(heading => (heading.Level, heading.Text)).ShouldBe([(1, "Guide"), (2, "Part one")]);
    }

    [Fact]
    public async Task ParseAsync_Encodings_AllGiveTheSameText()
    {
        const string Text = "Grüße — “naïve” café";
        byte[][] encoded =
        [
            Encoding.UTF8.GetBytes(Text),
            [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Text)],
            [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Text)],
            [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(Text)],
            CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(Text),
        ];
        foreach (var bytes in encoded)
        {
            (await ParseAsync("a.txt", bytes)).Text.ShouldBe(Text);
        }
    }

    [Fact]
    public async Task ParseAsync_LoneSurrogatesAndControlCharacters_AreReplacedOrDropped()
    {
        (await ParseAsync("a.txt", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("a\u0007b").AsSpan(), 0x00, 0xD8, .. Encoding.Unicode.GetBytes("c\r\nd")])).Text
            .ShouldBe("ab\uFFFDc\nd");
    }

    [Theory]
    [InlineData("a.txt", "", ParseFailure.Empty)]
    [InlineData("a.txt", " \n\t\n", ParseFailure.NoText)]
    [InlineData("a.json", "{\"a\": [1, }", ParseFailure.Malformed)]
    [InlineData("a.pdf", "just text", ParseFailure.WrongFormat)]
    [InlineData("a.docx", "<html><body>Please log in</body></html>", ParseFailure.WrongFormat)]
    [InlineData("a.xlsx", "PK nothing", ParseFailure.Unsupported)]
    [InlineData("a.png", "\u0089PNG\r\n\u001a\n\0\0\0\r", ParseFailure.Unsupported)]
    [InlineData("a.docx", "PK\u0003\u0004 cut short", ParseFailure.Malformed)]
    public async Task ParseAsync_BadFile_SaysWhatIsWrong(string name, string content, ParseFailure failure)
    {
        var refused = await Should.ThrowAsync<ParseException>(() => ParseAsync(name, Encoding.Latin1.GetBytes(content)));

        refused.Failure.ShouldBe(failure);
        refused.Message.Length.ShouldBeGreaterThan(30);
    }

    [Fact]
    public async Task ParseAsync_HtmlUnderATextName_IsReadAsHtml()
    {
        (await ParseAsync("page.txt", "<!DOCTYPE html><title>T</title><p>Hello")).Text.ShouldBe("T\n\nHello\n\n");
    }

    [Fact]
    public async Task ParseAsync_FromAStreamOverTheSizeLimit_IsRefusedBeforeItIsRead()
    {
        using var content = new MemoryStream(new byte[4096]);

        var refused = await Should.ThrowAsync<ParseException>(() => shared.Parsers.ParseAsync(
            content, "a.txt", ParseLimits.Default with { MaxFileBytes = 1024 }, TestContext.Current.CancellationToken));

        refused.Failure.ShouldBe(ParseFailure.TooLarge);
    }

    [Fact]
    public async Task ParseAsync_MoreTextThanTheLimit_IsRefused()
    {
        var path = _folder.Write("big.txt", new string('a', 5000));

        var refused = await Should.ThrowAsync<ParseException>(() => shared.Parsers.ParseAsync(
            path, "big.txt", ParseLimits.Default with { MaxTextCharacters = 4000 }, TestContext.Current.CancellationToken));

        refused.Failure.ShouldBe(ParseFailure.TooLarge);
    }

    private Task<ParsedDocument> ParseAsync(string name, string content) => ParseAsync(name, Encoding.UTF8.GetBytes(content));

    private Task<ParsedDocument> ParseAsync(string name, byte[] content) =>
        shared.Parsers.ParseAsync(_folder.Write(name, content), name, ParseLimits.Default, TestContext.Current.CancellationToken);
}
