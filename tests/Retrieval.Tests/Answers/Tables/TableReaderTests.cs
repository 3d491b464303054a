using GenAI.Retrieval.Answers.Tables;

namespace GenAI.Retrieval.Tests.Answers.Tables;

public sealed class TableReaderTests
{
    private const string Income =
        """
        ACME INC.

        STATEMENTS OF INCOME
        (In millions, except per share data)
        Years Ended
        December 2,  December 3,
        2022  2021
        Revenue:
        Subscription  $ 16,388  $ 14,573
        Product  532  555
        Total revenue  17,606  15,785
        Purchase of property and
        other assets  (527)  —
        Interest expense  (112)
        """;

    [Fact]
    public void Read_RowOfAPage_HasColumnsGroupAndUnit()
    {
        var row = Read(Income, "Product  532  555")!;

        row.Label.ShouldBe("Product");
        row.Values.ShouldBe(["532", "555"]);
        row.Columns.ShouldBe(["December 2, 2022", "December 3, 2021"]);
        row.GroupName.ShouldBe("Revenue");
        row.Unit.ShouldBe("In millions, except per share data");
        Income[row.HeaderStart..row.HeaderEnd].ShouldBe("STATEMENTS OF INCOME\n(In millions, except per share data)\nYears Ended\nDecember 2,  December 3,\n2022  2021");
    }

    [Fact]
    public void Read_NameOverTwoLines_IsJoinedAndQuotedWhole()
    {
        var row = Read(Income, "other assets  (527)  —")!;

        row.Label.ShouldBe("Purchase of property and other assets");
        Income[row.Start..row.End].ShouldBe("Purchase of property and\nother assets  (527)  —");
    }

    [Fact]
    public void Read_RowAfterATotal_HasNoGroup() => Read("A  2022  2021\nAssets:\nCash  1  2\nTotal assets  3  4\nDebt  5  6", "Debt  5  6")!.Group.ShouldBeNull();

    [Fact]
    public void Read_FewerFiguresThanColumns_NamesNone()
    {
        var row = Read(Income, "Interest expense  (112)")!;

        row.Values.ShouldBe(["(112)"]);
        row.Columns.ShouldBeEmpty();
    }

    [Fact]
    public void Read_PeriodOverSeveralColumns_IsPartOfEachName() =>
        Read("Three Months Ended  Six Months Ended\nJuly 29, 2023  July 30, 2022  July 29, 2023  July 30, 2022\nRevenue  1  2  3  4", "Revenue  1  2  3  4")!
            .Columns.ShouldBe(["Three Months Ended July 29, 2023", "Three Months Ended July 30, 2022", "Six Months Ended July 29, 2023", "Six Months Ended July 30, 2022"]);

    [Fact]
    public void Read_LineLeadingToTheTable_IsItsCaption()
    {
        var row = Read("Cash was as follows ($ in millions):\n\n2023  2022\nCash  1,093  840", "Cash  1,093  840")!;

        row.Caption.ShouldBe("Cash was as follows ($ in millions):");
        row.Unit.ShouldBe("$ in millions");
        row.Columns.ShouldBe(["2023", "2022"]);
    }

    [Fact]
    public void Read_TableWithBars_TakesTheRowOverTheRule()
    {
        var row = Read("| Property | Basic | Pro |\n|---|---|---|\n| Weight | 3 kg | 4 kg |\n| Radio | none | LoRa |", "| Radio | none | LoRa |")!;

        row.Label.ShouldBe("Radio");
        row.Columns.ShouldBe(["Basic", "Pro"]);
    }

    [Theory]
    [InlineData("Revenue 12,868 11,171", "12,868|11,171")]
    [InlineData("Cost of $ (700) 25 % 3.5", "(700)|25 %|3.5")]
    [InlineData("Sold units\t4\t-", "4|-")]
    public void Read_GapsOfOtherKinds_AreCells(string line, string values) => string.Join('|', Read(line, line)!.Values).ShouldEndWith(values);

    [Theory]
    [InlineData("July 29, 2023  January 28, 2023")]
    [InlineData("2022  2021")]
    [InlineData("$ 957,307  $ 3,497,254")]
    [InlineData("We sold 12 houses in 2021.")]
    [InlineData("(1)  Represents the gain on sale of 2 houses")]
    public void Read_LineWithoutNameAndFigure_IsNoRow(string line) => Read(line, line).ShouldBeNull();

    [Theory]
    [InlineData("\u00a0 1")]
    [InlineData(" \u00a01")]
    public void Read_ManyFiguresBetweenSpacesOfTwoKinds_IsOverAtOnce(string figure)
    {
        var line = "Rates" + string.Concat(Enumerable.Repeat(figure, 60)) + " and more";

        Read(line, line).ShouldBeNull();
    }

    [Fact]
    public void Read_CellOfManyMarks_IsOverAtOnce()
    {
        var line = "Rates  (" + new string('\u00a0', 200_000) + "x  1";

        Read(line, line)!.Values[^1].ShouldBe("1");
    }

    private static TableRow? Read(string text, string line)
    {
        var start = text.IndexOf(line, StringComparison.Ordinal);
        return TableReader.Read(text, start, start + line.Length);
    }
}
