using System.Text.Json;
using GenAI.Retrieval.Filters;

namespace GenAI.Retrieval.Tests.Filters;

public sealed class FilterJsonTests
{
    [Fact]
    public void Parse_NestedFilter_KeepsItsShape()
    {
        var filter = Parse("""
            {"type":"and","filters":[{"type":"eq","key":"team","value":"hr"},
             {"type":"or","filters":[{"type":"gte","key":"year","value":2020},{"type":"nin","key":"kind","value":["a",1,true]}]}]}
            """);

        var all = filter.ShouldBeOfType<Filter.All>();
        all.Filters[0].ShouldBe(new Filter.Comparison("team", ComparisonOperator.Equal, AttributeValue.Of("hr")));
        var any = all.Filters[1].ShouldBeOfType<Filter.Any>();
        any.Filters[0].ShouldBe(new Filter.Comparison("year", ComparisonOperator.GreaterOrEqual, AttributeValue.Of(2020)));
        var oneOf = any.Filters[1].ShouldBeOfType<Filter.OneOf>();
        oneOf.Negated.ShouldBeTrue();
        oneOf.Values.ShouldBe([AttributeValue.Of("a"), AttributeValue.Of(1), AttributeValue.Of(true)]);
    }

    [Theory]
    [InlineData("[]", "filters")]
    [InlineData("null", "filters")]
    [InlineData("{}", "filters")]
    [InlineData("""{"type":"like","key":"a","value":"b"}""", "filters.type")]
    [InlineData("""{"type":7}""", "filters.type")]
    [InlineData("""{"type":"eq","value":1}""", "filters")]
    [InlineData("""{"type":"eq","key":"","value":1}""", "filters.key")]
    [InlineData("""{"type":"eq","key":"a"}""", "filters")]
    [InlineData("""{"type":"eq","key":"a","value":null}""", "filters.value")]
    [InlineData("""{"type":"eq","key":"a","value":{}}""", "filters.value")]
    [InlineData("""{"type":"eq","key":"a","value":1e999}""", "filters.value")]
    [InlineData("""{"type":"gt","key":"a","value":true}""", "filters.value")]
    [InlineData("""{"type":"in","key":"a","value":1}""", "filters.value")]
    [InlineData("""{"type":"in","key":"a","value":[1,null]}""", "filters.value[1]")]
    [InlineData("""{"type":"and","filters":[]}""", "filters.filters")]
    [InlineData("""{"type":"and","filters":[{"type":"eq","key":"a","value":1},{"type":"eq"}]}""", "filters.filters[1]")]
    [InlineData("""{"type":"eq","key":"a","value":1,"negate":true}""", "filters.negate")]
    public void Parse_Malformed_NamesThePlace(string json, string path) =>
        Should.Throw<FilterException>(() => Parse(json)).Path.ShouldBe(path);

    [Fact]
    public void Parse_TooDeepOrTooMany_IsRefused()
    {
        var deep = """{"type":"eq","key":"a","value":1}""";
        for (var i = 0; i < FilterJson.MaxDepth; i++)
        {
            deep = $$"""{"type":"and","filters":[{{deep}}]}""";
        }

        Should.Throw<FilterException>(() => Parse(deep)).Message.ShouldContain("deep");
        var many = string.Join(',', Enumerable.Repeat("""{"type":"eq","key":"a","value":1}""", FilterJson.MaxConditions));
        Should.Throw<FilterException>(() => Parse($$"""{"type":"or","filters":[{{many}}]}""")).Message.ShouldContain("conditions");
        var values = string.Join(',', Enumerable.Range(0, FilterJson.MaxValues + 1));
        Should.Throw<FilterException>(() => Parse($$"""{"type":"in","key":"a","value":[{{values}}]}""")).Message.ShouldContain("values");
    }

    private static Filter Parse(string json) => FilterJson.Parse(JsonDocument.Parse(json).RootElement);
}
