using GenAI.Retrieval.Filters;

namespace GenAI.Retrieval.Tests.Filters;

public sealed class FilterEvaluatorTests
{
    // 0: text "b", 1: text "c", 2: number 5, 3: number 7, 4: true, 5: nothing.
    private static readonly AttributeTable Table = Build();

    [Theory]
    [InlineData(ComparisonOperator.Equal, "b", "0")]
    [InlineData(ComparisonOperator.NotEqual, "b", "1,2,3,4,5")]
    [InlineData(ComparisonOperator.Greater, "b", "1")]
    [InlineData(ComparisonOperator.GreaterOrEqual, "b", "0,1")]
    [InlineData(ComparisonOperator.Less, "c", "0")]
    [InlineData(ComparisonOperator.LessOrEqual, "c", "0,1")]
    [InlineData(ComparisonOperator.Equal, 5.0, "2")]
    [InlineData(ComparisonOperator.NotEqual, 5.0, "0,1,3,4,5")]
    [InlineData(ComparisonOperator.Greater, 5.0, "3")]
    [InlineData(ComparisonOperator.GreaterOrEqual, 5.0, "2,3")]
    [InlineData(ComparisonOperator.Less, 7.0, "2")]
    [InlineData(ComparisonOperator.LessOrEqual, 7.0, "2,3")]
    [InlineData(ComparisonOperator.Equal, 1.0, "")]
    [InlineData(ComparisonOperator.Equal, true, "4")]
    [InlineData(ComparisonOperator.NotEqual, true, "0,1,2,3,5")]
    [InlineData(ComparisonOperator.Equal, false, "")]
    [InlineData(ComparisonOperator.GreaterOrEqual, false, "")]
    public void Evaluate_Comparison_FindsExactly(ComparisonOperator comparison, object value, string documents) =>
        Evaluate(new Filter.Comparison("key", comparison, Value(value))).ShouldBe(documents);

    [Fact]
    public void Evaluate_UnknownKey_MatchesOnlyNegations()
    {
        Evaluate(new Filter.Comparison("other", ComparisonOperator.Less, Value(1.0))).ShouldBe("");
        Evaluate(new Filter.Comparison("other", ComparisonOperator.NotEqual, Value(1.0))).ShouldBe("0,1,2,3,4,5");
        Evaluate(new Filter.OneOf("other", [Value(1.0)], Negated: true)).ShouldBe("0,1,2,3,4,5");
    }

    [Fact]
    public void Evaluate_GroupsAndLists_Combine()
    {
        var oneOf = new Filter.OneOf("key", [Value("c"), Value(5.0), Value(true)], Negated: false);
        Evaluate(oneOf).ShouldBe("1,2,4");
        Evaluate(oneOf with { Negated = true }).ShouldBe("0,3,5");
        Evaluate(new Filter.All([oneOf, new Filter.Comparison("key", ComparisonOperator.Less, Value(9.0))])).ShouldBe("2");
        Evaluate(new Filter.Any([oneOf, new Filter.Comparison("key", ComparisonOperator.Greater, Value(5.0))])).ShouldBe("1,2,3,4");
        Evaluate(new Filter.All([])).ShouldBe("0,1,2,3,4,5");
        Evaluate(new Filter.Any([])).ShouldBe("");
    }

    [Fact]
    public void VisibleTo_HeldLabels_ShowsTheirDocumentsAndThoseWithout()
    {
        var table = new AttributeTable(4);
        table.AddLabel(0, "hr");
        table.AddLabel(1, "hr");
        table.AddLabel(1, "legal");
        table.AddLabel(2, "legal");

        Joined(table.VisibleTo(new HashSet<string>())).ShouldBe("3");
        Joined(table.VisibleTo(new HashSet<string> { "legal", "unknown" })).ShouldBe("1,2,3");
    }

    private static AttributeTable Build()
    {
        var table = new AttributeTable(6);
        AttributeValue[] values = [Value("b"), Value("c"), Value(5.0), Value(7.0), Value(true)];
        for (var document = 0; document < values.Length; document++)
        {
            table.SetAttribute(document, "key", values[document]);
        }

        return table;
    }

    private static string Evaluate(Filter filter) => Joined(FilterEvaluator.Evaluate(filter, Table));

    private static string Joined(DocumentSet set) => string.Join(',', Enumerable.Range(0, set.Size).Where(set.Contains));

    private static AttributeValue Value(object value) => value switch
    {
        string text => AttributeValue.Of(text),
        bool truth => AttributeValue.Of(truth),
        _ => AttributeValue.Of((double)value),
    };
}
