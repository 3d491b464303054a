using FsCheck;
using FsCheck.Fluent;
using GenAI.Pipelines.Chunking;
using GenAI.Pipelines.Parsing;

namespace GenAI.Pipelines.Tests.Chunking;

public sealed class ChunkerTests
{
    private static readonly WordTokenizer Tokenizer = new();

    /// <summary>Documents of headings, prose, tables and rubbish, with pages laid over them without regard to the rest.</summary>
    private static readonly Arbitrary<ParsedDocument> Documents = Arb.From(
        from blocks in Gen.ListOf(Block(), 40)
        from pageLength in Gen.Choose(50, 2000)
        select Assemble(blocks, pageLength));

    [Fact]
    public void Chunk_AnyDocument_CoversAllTextInOrderWithinTheLimit()
    {
        var options = from max in Gen.Choose(ChunkingOptions.LeastMaxTokens, 120)
                      from overlap in Gen.Choose(0, max / 2)
                      select new ChunkingOptions { MaxTokens = max, OverlapTokens = overlap };
        Prop.ForAll(Documents, Arb.From(options), (document, option) =>
        {
            var chunks = Chunker.Chunk(document, Tokenizer, option, TestContext.Current.CancellationToken);
            var covered = 0;
            var start = -1;
            foreach (var chunk in chunks)
            {
                chunk.Text.ShouldBe(document.Text[chunk.Start..chunk.End]);
                chunk.Start.ShouldBeGreaterThan(start);
                chunk.End.ShouldBeGreaterThan(covered);
                chunk.TokenCount.ShouldBe(Tokenizer.Count(chunk.SearchText));
                chunk.TokenCount.ShouldBeLessThanOrEqualTo(option.MaxTokens);
                if (chunk.Start > covered)
                {
                    document.Text[covered..chunk.Start].Trim().ShouldBeEmpty();
                }

                start = chunk.Start;
                covered = chunk.End;
            }

            document.Text[covered..].Trim().ShouldBeEmpty();
            chunks.Select(chunk => chunk.Ordinal).ShouldBe(Enumerable.Range(0, chunks.Count));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Chunk_SplitTable_CarriesItsHeaderInTheContext()
    {
        var rows = string.Join('\n', Enumerable.Range(1, 60).Select(row => $"row {row} | {row * 10} | {row * 100}"));
        var text = "Intro.\n\nName | Tens | Hundreds\n" + rows + "\n";
        var start = text.IndexOf("Name", StringComparison.Ordinal);
        var table = new ParsedTable(start, text.Length - 1, text.IndexOf("row 1", StringComparison.Ordinal) - 1);

        var chunks = Chunk(new ParsedDocument(text, [], [], [table]), 60, 10);

        chunks.Count.ShouldBeGreaterThan(3);
        chunks[^1].Context.ShouldBe("Name | Tens | Hundreds");
        chunks.ShouldAllBe(chunk => !chunk.Text.Contains("row", StringComparison.Ordinal) || chunk.SearchText.Contains("Name | Tens", StringComparison.Ordinal));
    }

    [Fact]
    public void Chunk_TableThatFits_StaysWhole()
    {
        var before = string.Join(' ', Enumerable.Repeat("Some words stand here.", 10));
        const string Rows = "A | B\n1 | 2\n3 | 4\n5 | 6";
        var text = before + "\n\n" + Rows + "\n\nAfter it.";
        var start = text.IndexOf("A |", StringComparison.Ordinal);

        var chunks = Chunk(new ParsedDocument(text, [], [], [new ParsedTable(start, start + Rows.Length, start + 5)]), 60, 0);

        chunks.ShouldContain(chunk => chunk.Text.Contains(Rows, StringComparison.Ordinal));
    }

    [Fact]
    public void Chunk_Headings_StartPassagesAndNameTheirPath()
    {
        var body = string.Join(' ', Enumerable.Repeat("A sentence of six words here.", 6));
        var text = $"# One\n\n{body}\n\n## Two\n\n{body}\n\n{body}\n\n# Three\n\nEnd.";
        ParsedHeading Heading(string line, int level, string title)
        {
            var at = text.IndexOf(line, StringComparison.Ordinal);
            return new ParsedHeading(at, at + line.Length, level, title);
        }

        var chunks = Chunk(new ParsedDocument(text, [Heading("# One", 1, "One"), Heading("## Two", 2, "Two"), Heading("# Three", 1, "Three")], [], []), 64, 8);

        chunks[0].Text.ShouldStartWith("# One");
        chunks[0].Context.ShouldBeEmpty();
        var two = chunks.First(chunk => chunk.Text.StartsWith("## Two", StringComparison.Ordinal));
        two.Headings.ShouldBe(["One", "Two"]);
        two.Context.ShouldBe("One");
        chunks[^1].Headings.ShouldBe(["Three"]);
        chunks.ShouldAllBe(chunk => !chunk.Text.TrimEnd().EndsWith("# Three", StringComparison.Ordinal));
    }

    [Fact]
    public void Chunk_Pages_AreNamedByTheGreaterPartOfThePassage()
    {
        const string Sentence = "Each of these sentences has nine words in it. ";
        var text = string.Concat(Enumerable.Repeat(Sentence, 21)) + "\n\n" + string.Concat(Enumerable.Repeat(Sentence, 20));
        var middle = text.IndexOf("\n\n", StringComparison.Ordinal) + 2;

        var chunks = Chunk(new ParsedDocument(text, [], [new ParsedPage(0, middle, 7), new ParsedPage(middle, text.Length, 8)], []), 64, 0);

        chunks.Select(chunk => chunk.Page).ShouldBe(chunks.Select(chunk => (int?)(chunk.Start + chunk.End < 2 * middle ? 7 : 8)));
        chunks.ShouldContain(chunk => chunk.Page == 7 && chunk.End <= middle);
        chunks.ShouldContain(chunk => chunk.Page == 8 && chunk.Start >= middle);
    }

    [Fact]
    public void Chunk_OneLineWithoutSpaces_IsCutWithoutCountingItOverAndOver()
    {
        var counting = new CountingTokenizer();
        var text = new string('x', 2_000_000);

        Chunker.Chunk(new ParsedDocument(text, [], [], []), counting, new ChunkingOptions(), TestContext.Current.CancellationToken).Count.ShouldBeGreaterThan(100);

        counting.Characters.ShouldBeLessThan(text.Length * 6L);
    }

    private static IReadOnlyList<DocumentChunk> Chunk(ParsedDocument document, int max, int overlap) =>
        Chunker.Chunk(document, Tokenizer, new ChunkingOptions { MaxTokens = max, OverlapTokens = overlap }, TestContext.Current.CancellationToken);

    private static Gen<(char Kind, string Text)> Block()
    {
        var word = Gen.Elements("alpha", "Beta", "gamma.", "Delta!", "3.14", "e.g.", "x", "internationalisation", "naïve", "数据。", "🙂", "\t", "a\nb", "“So?”");
        var words = from count in Gen.Choose(0, 60) from list in Gen.ArrayOf(word, count) select string.Join(' ', list);
        var rubbish = from length in Gen.Choose(1, 3000) from letter in Gen.Elements('x', '.', '\n', ' ') select new string(letter, length);
        return Gen.Frequency(
            (6, words.Select(text => ('p', text))),
            (2, words.Select(text => ('h', text.Replace('\n', ' ')))),
            (2, Gen.Choose(1, 30).Select(rows => ('t', string.Join('\n', Enumerable.Range(0, rows).Select(row => $"cell {row} | {row * 7}"))))),
            (1, rubbish.Select(text => ('p', text))));
    }

    private static ParsedDocument Assemble(IEnumerable<(char Kind, string Text)> blocks, int pageLength)
    {
        var text = string.Empty;
        var headings = new List<ParsedHeading>();
        var tables = new List<ParsedTable>();
        foreach (var (kind, content) in blocks)
        {
            if (kind == 'h')
            {
                headings.Add(new ParsedHeading(text.Length, text.Length + content.Length, 1 + (content.Length % 4), content));
            }
            else if (kind == 't')
            {
                var header = content.IndexOf('\n', StringComparison.Ordinal);
                tables.Add(new ParsedTable(text.Length, text.Length + content.Length, text.Length + (header < 0 ? 0 : header)));
            }

            text += content + "\n\n";
        }

        var pages = Enumerable.Range(0, (text.Length / pageLength) + 1)
            .Select(page => new ParsedPage(page * pageLength, Math.Min(text.Length, (page + 1) * pageLength), page + 1));
        return new ParsedDocument(text, headings, [.. pages], tables);
    }
}
