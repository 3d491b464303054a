using FsCheck;
using FsCheck.Fluent;
using GenAI.Retrieval.Answers.Text;

namespace GenAI.Retrieval.Tests.Answers;

public sealed class TextUnitsTests
{
    [Theory]
    [InlineData("One here. Two there! Three?", "One here.|Two there!|Three?")]
    [InlineData("Dr. Lee met Mr. J. Smith in the U.S. in May. He left.", "Dr. Lee met Mr. J. Smith in the U.S. in May.|He left.")]
    [InlineData("It costs $3.50 today. Next.", "It costs $3.50 today.|Next.")]
    [InlineData("A line that\nwas wrapped. New.", "A line that\nwas wrapped.|New.")]
    [InlineData("# Title\nText here.\n- item one\n- item two", "# Title|Text here.|- item one|- item two")]
    [InlineData("Total revenue 12,868 11,171\nNet income 4,756 4,822", "Total revenue 12,868 11,171|Net income 4,756 4,822")]
    [InlineData("| a | 1 |\n| b | 2 |", "| a | 1 ||| b | 2 |")]
    [InlineData("- item one. With two\n  sentences and a wrap.\n- item two", "- item one. With two\n  sentences and a wrap.|- item two")]
    [InlineData("1. First. Then this.\n2) Second.", "1. First. Then this.|2) Second.")]
    [InlineData("# Title\n- item\n\nProse. More.", "# Title|- item|Prose.|More.")]
    [InlineData("第一句。第二句！", "第一句。|第二句！")]
    [InlineData("He said \"Go.\" Then left.", "He said \"Go.\"|Then left.")]
    public void Split_Text_CutsIntoUnits(string text, string expected) =>
        string.Join('|', TextUnits.Split(text).Select(unit => text[unit.Start..unit.End])).ShouldBe(expected);

    [Fact]
    public void Split_AnyText_CoversEveryVisibleCharacterOnceInOrder() =>
        Prop.ForAll<string?>(text =>
        {
            var units = TextUnits.Split(text ?? string.Empty);
            var joined = string.Concat(units.Select(unit => text![unit.Start..unit.End]));
            return Visible(joined) == Visible(text ?? string.Empty)
                && units.Zip(units.Skip(1)).All(pair => pair.First.End <= pair.Second.Start);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Split_Markdown_TellsWhatEachUnitIs() =>
        TextUnits.Split("## Prices\nPer year.\n\n| Plan | Euros |\n|---|---|\n| Sky | 12 |\n\n- An item. Of two sentences.\nTotal 12,868 11,171")
            .Select(unit => unit.Kind)
            .ShouldBe([UnitKind.Heading, UnitKind.Sentence, UnitKind.ColumnNames, UnitKind.Rule, UnitKind.Row, UnitKind.Item, UnitKind.Row]);

    [Theory]
    [InlineData("Financing activities\n\nWe paid dividends.")]
    [InlineData("ACME INC.\n\nWe paid dividends.")]
    [InlineData("2022  2021  2020\nWe paid dividends.")]
    [InlineData("Cash and cash equivalents were as follows ($ in millions):\n\nWe paid dividends.")]
    public void Split_LineThatOnlyNames_CannotAnswer(string text) =>
        TextUnits.Split(text).Select(unit => unit.CanAnswer).ShouldBe([false, true]);

    [Theory]
    [InlineData("Open: daily\n")]
    [InlineData("Library closed on 3 May\n")]
    [InlineData("| 2022 | 2021 |\n")]
    [InlineData("- Dogs not allowed\n")]
    public void Split_ShortLineThatSaysSomething_CanAnswer(string text) => TextUnits.Split(text).ShouldHaveSingleItem().CanAnswer.ShouldBeTrue();

    [Fact]
    public void Split_LongItem_IsCutIntoSentences() =>
        TextUnits.Split("- " + string.Join(' ', Enumerable.Repeat("One sentence of several words.", 20))).Count.ShouldBe(20);

    [Fact]
    public void Split_EndlessLine_IsCut() =>
        TextUnits.Split(new string('a', 5000)).ShouldAllBe(unit => unit.End - unit.Start <= 700);

    private static string Visible(string text) => string.Concat(text.Where(unit => !char.IsWhiteSpace(unit)));
}
