using GenAI.Eval.Metrics;

namespace GenAI.Eval.Tests;

public sealed class NumericAnswerTests
{
    [Theory]
    [InlineData("Capital expenditure was $1,577 million.", "$1577.00", true)]
    [InlineData("Capital expenditure was $1,577,000,000.", "$1577.00", true)]
    [InlineData("Capital expenditures (1,577)", "$1577.00", true)]
    [InlineData("Net sales were 8.7 billion", "$8700 million", true)]
    [InlineData("Net sales were $8.7bn", "$8700 million", true)]
    [InlineData("Net sales were 8,700 thousand", "$8700 million", false)]
    [InlineData("Net sales were $8.7 million", "$8700 million", false)]
    [InlineData("It pays $77.78 million for it.", "77.78", true)]
    [InlineData("It has 1,500 stores.", "1.5", false)]
    [InlineData("It has 47 million members.", "47 new stores", false)]
    [InlineData("It paid 500,000 dollars.", "$0.5 million", true)]
    public void Holds_Scales_AreTheSameValueInAnyUnit(string answer, string gold, bool expected) => NumericAnswer.Holds(answer, gold).ShouldBe(expected);

    [Theory]
    [InlineData("The ratio is 0.661", "0.66", true)]
    [InlineData("The ratio is 0.67", "0.66", false)]
    [InlineData("The turnover was 93.9 days.", "93.86", false)]
    [InlineData("The turnover was 93.857 days.", "93.86", true)]
    [InlineData("Sales of $8.7 billion", "$8,738 million", false)]
    [InlineData("Sales of $8.7384 billion", "$8,738 million", true)]
    [InlineData("Cash flow was $1,824 million", "$1.8 bn", true)]
    [InlineData("Cash flow was $1,890 million", "$1.8 bn", false)]
    public void Holds_Rounding_IsTheGoldsAndNoCoarser(string answer, string gold, bool expected) => NumericAnswer.Holds(answer, gold).ShouldBe(expected);

    [Theory]
    [InlineData("The margin fell to 34.6%.", "34.6%", true)]
    [InlineData("The margin fell to 34.6 per cent.", "34.6%", true)]
    [InlineData("Operating margin 34.6 36.8", "34.6%", true)]
    [InlineData("The margin was 0.346", "34.6%", true)]
    [InlineData("The share is 66%", "0.66", true)]
    [InlineData("The margin fell to 31.6%.", "34.6%", false)]
    [InlineData("It has 36 stores.", "36%", false)]
    [InlineData("It cost $34.6 million.", "34.6%", false)]
    [InlineData("3,460", "34.6%", false)]
    public void Holds_PerCent_IsAShareAndNoCount(string answer, string gold, bool expected) => NumericAnswer.Holds(answer, gold).ShouldBe(expected);

    [Theory]
    [InlineData("The margin was -1.3%", "-1.3%", true)]
    [InlineData("The margin was \u22121.3%", "-1.3%", true)]
    [InlineData("The margin was 1.3%", "-1.3%", false)]
    [InlineData("The margin was -1.3%", "1.3%", false)]
    [InlineData("It declined by 1.3%", "-1.3%", true)]
    [InlineData("It grew by 1.3%", "-1.3%", false)]
    [InlineData("Its revenue declined 44%", "a decline of ~44%", true)]
    [InlineData("Its revenue rose 44%", "a decline of ~44%", false)]
    [InlineData("a 44% increase in revenue", "a decline of ~44%", false)]
    [InlineData("The change was 44%", "a decline of ~44%", true)]
    [InlineData("Net loss (1,234)", "-1234", true)]
    [InlineData("It fell to 34.6% from 36.8%", "34.6%", true)]
    public void Holds_Sign_OfOneMayNotContradictTheOther(string answer, string gold, bool expected) => NumericAnswer.Holds(answer, gold).ShouldBe(expected);

    [Theory]
    [InlineData("In 2022 it rose.", "In 2022 it rose by 12.5%", false)]
    [InlineData("See Form 10-K of 2023.", "It opened 10 stores", false)]
    [InlineData("In Q2 of FY2023", "2 stores", false)]
    [InlineData("on January 28, 2023", "28 stores", false)]
    [InlineData("the 12 months ended in January", "12 stores", false)]
    [InlineData("no figure", "Wages rose. FY2023 are the 12 months ended on January 28, 2023.", false)]
    [InlineData("2,018", "Adj. EBITDA was $2,018mn in FY 2023", true)]
    public void Holds_DatesAndPeriods_AreNoQuantities(string answer, string gold, bool expected) => NumericAnswer.Holds(answer, gold).ShouldBe(expected);
}
