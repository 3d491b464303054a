using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using GenAI.Generation.Structured;

namespace GenAI.Generation.Tests.Structured;

public sealed class JsonSchemaGrammarTests
{
    private static readonly (string Schema, string Valid, string Invalid)[] Samples =
    [
        ("""{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"integer"}},"required":["a"]}""", """{"a":"x"} | {"a": "x", "b": 1} | {"a":"x","b":-20}""", """{} | {"b":1} | {"a":1} | {"a":"x","c":1} | {"b":1,"a":"x"} | {"a":"x",} | []"""),
        ("""{"type":"object","properties":{"a":{"type":"null"},"b":{"type":"null"},"c":{"type":"null"}}}""", """{} | {"a":null} | {"b":null} | {"c":null} | {"a":null,"c":null} | {"a":null,"b":null,"c":null}""", """{,} | {"a":null,} | {"c":null,"a":null} | {"d":null}"""),
        ("""{"type":"object","properties":{"ab":{"type":"integer"}},"additionalProperties":{"type":"string"}}""", """{} | {"ab":1} | {"ab":1,"x":"y"} | {"a":"y","abc":"z"} | {"":"y"}""", """{"ab":"x"} | {"x":1} | {"ab":1,"ab":"x"}"""),
        ("""{"type":"object","additionalProperties":{"type":"integer"},"minProperties":1,"maxProperties":2}""", """{"a":1} | {"a":1,"b":2}""", """{} | {"a":1,"b":2,"c":3} | {"a":"x"}"""),
        ("""{"type":"object","required":["z"],"properties":{"a":{"type":"integer"}}}""", """{"z":1} | {"a":1,"z":[{}]}""", """{} | {"a":1}"""),
        ("""{"type":"array","items":{"type":"boolean"},"minItems":1,"maxItems":3}""", """[true] | [true, false, true]""", """[] | [true,true,true,true] | [1] | [true,]"""),
        ("""{"type":"array","prefixItems":[{"type":"integer"},{"type":"string"}],"items":false,"minItems":1}""", """[1] | [1,"a"]""", """[] | ["a"] | [1,"a",2]"""),
        ("""{"type":"string","minLength":2,"maxLength":3}""", """ "ab" | "abc" | "é🙂" | "\n\"" """, """ "a" | "abcd" | ab | "a"""),
        ("""{"enum":["a",1,null,true,{"k":[1]}]}""", """ "a" | 1 | null | true | {"k":[1]}""", """ "b" | 2 | false"""),
        ("""{"enum":["a",1,"abc"],"type":"string","maxLength":2}""", """ "a" """, """ 1 | "abc" """),
        ("""{"const":"x\"y"}""", """ "x\"y" """, """ "x" """),
        ("""{"anyOf":[{"type":"string"},{"type":"integer","minimum":5}]}""", """ "a" | 5 | 100""", """4 | true"""),
        ("""{"type":"object","properties":{"k":{"type":"string"}},"required":["k"],"oneOf":[{"properties":{"n":{"type":"integer"}},"required":["n"]},{"properties":{"m":{"type":"null"}},"required":["m"]}]}""", """{"k":"a","n":1} | {"k":"a","m":null}""", """{"k":"a"} | {"n":1}"""),
        ("""{"allOf":[{"type":"object","properties":{"a":{"type":"integer","minimum":1}},"required":["a"]},{"properties":{"a":{"maximum":3},"b":{"type":"null"}}}]}""", """{"a":2} | {"a":3,"b":null}""", """{"a":4} | {"a":0} | {}"""),
        ("""{"$ref":"#/$defs/node","$defs":{"node":{"type":"object","properties":{"v":{"type":"integer"},"next":{"$ref":"#/$defs/node"}},"required":["v"]}}}""", """{"v":1} | {"v":1,"next":{"v":2,"next":{"v":3}}}""", """{"v":1,"next":{}} | {"next":{"v":1}}"""),
        ("""{"type":["integer","null"]}""", """1 | null""", """1.5 | "a" """),
        ("""{"type":"string","format":"date"}""", """ "2026-02-28" | "2024-12-31" """, """ "2026-02-30" | "2026-13-01" | "2026-1-1" | "2026-04-31" """),
        ("""{"type":"string","format":"date-time"}""", """ "2026-02-28T23:59:59Z" | "2026-02-28T00:00:00.123+02:00" """, """ "2026-02-28" | "2026-02-28T24:00:00Z" | "2026-02-28T10:00:00" """),
        ("""{"type":"string","format":"uuid"}""", """ "123e4567-e89b-12d3-a456-426614174000" """, """ "123e4567" """),
        ("""{"type":"string","pattern":"^[A-Z]{2}-\\d+(\\.\\d)?$"}""", """ "AB-1" | "XY-123.4" """, """ "A-1" | "AB-" | "AB-1x" | "xAB-1" """),
        ("""{"type":"string","pattern":"b+"}""", """ "b" | "abba" """, """ "a" | "" """),
        ("""{"type":"string","pattern":"^(a|\"b\\\\)\\s[^\\d\"]$","maxLength":9}""", """ "a\tx" | "\"b\\ y" """, """ "a x1" | "a 1" | "a \"" """),
        ("""{"type":"string","format":"time"}""", """ "23:59:59Z" | "00:00:00.5-01:30" """, """ "24:00:00Z" | "10:00Z" """),
        ("""{"type":"string","format":"duration"}""", """ "P3D" | "PT1H30M" | "P1Y2M3DT4H5M6S" | "P2W" """, """ "P" | "PT" | "3D" | "P1D2Y" | "P1W2D" """),
        ("""{"type":"string","format":"email"}""", """ "ann@example.com" | "a.b+c@mail.example.co.uk" """, """ "ann" | "ann@" | "ann@localhost" | ".a@example.com" | "a..b@example.com" | "a b@example.com" """),
        ("""{"type":"string","format":"hostname"}""", """ "example.com" | "a-1.b" """, """ "-a.com" | "a..b" | "a_b" """),
        ("""{"type":"string","format":"ipv4"}""", """ "0.0.0.0" | "255.255.255.255" """, """ "256.1.1.1" | "01.1.1.1" | "1.1.1" """),
        ("""{"type":"string","format":"ipv6"}""", """ "::" | "::1" | "2001:db8::8a2e:370:7334" | "1:2:3:4:5:6:7:8" | "1:2:3:4:5:6:7::" """, """ ":" | "1:2:3:4:5:6:7" | "1::2::3" | "1:2:3:4:5:6:7:8:9" | "g::1" """),
        ("""{"type":"string","format":"uri"}""", """ "https://example.com" | "http://a.b:80/x/y?q=1#z" | "mailto:ann@example.com" | "urn:isbn:12" """, """ "example.com" | "http://" | "https://a b" | "/path" """),
        ("""{"type":"string","format":"date","maxLength":10,"minLength":5}""", """ "2026-02-28" """, """ "2026" """),
        ("""{"type":"object","patternProperties":{"^x-":{"type":"integer"}},"properties":{"a":{"type":"string"}}}""", """{} | {"a":"b"} | {"x-1":1} | {"a":"b","x-1":1,"x-2":2}""", """{"x-1":"b"} | {"y":1} | {"a":1}"""),
        ("""{"type":"object","patternProperties":{"^s_[a-z]+$":{"type":"string"},"^i_":{"type":"integer"}},"required":["i_0"],"additionalProperties":false}""", """{"i_0":1} | {"i_0":1,"s_a":"x"}""", """{} | {"i_0":"x"} | {"i_0":1,"s_1":"x"} | {"i_0":1,"s_a":2} | {"i_0":1,"z":1}"""),
        ("""{"not":{"type":["string","number"]}}""", """null | true | [1] | {"a":"b"}""", """ "a" | 1 | 1.5"""),
        ("""{"type":["integer","null"],"not":{"type":"null"}}""", """1""", """null"""),
        ("""{"type":"string","not":{"enum":["admin","root"]}}""", """ "adminx" | "adm" | "" | "user" """, """ "admin" | "root" | 1"""),
        ("""{"not":{"const":"x"}}""", """ "y" | 1 | null""", """ "x" """),
        ("""{"enum":["a","b",3],"not":{"enum":["b",3]}}""", """ "a" """, """ "b" | 3"""),
        ("""{"type":"object","properties":{"a":{"type":"null"},"b":{"type":"null"}},"additionalProperties":true,"not":{"required":["b"]}}""", """{"a":null} | {"c":1} | {}""", """{"b":null} | {"a":null,"b":1}"""),
        ("""{"anyOf":[{"type":"string"},{"type":"null"}],"not":{"const":"no"}}""", """ "yes" | null""", """ "no" | 1"""),
        ("""{"type":"number"}""", """1 | -1.5 | 2e10 | 0.25""", """01 | .5 | 1. | +1 | NaN"""),
        ("true", """1 | "a" | {"a":[1,{"b":null}]}""", """{a:1} | [1 2]"""),
        ("""{"type":"object"}""", """{} | {"a":{"b":[]}}""", """[] | 1"""),
    ];

    public static TheoryData<string> Schemas => [.. Samples.Select(static s => s.Schema)];

    public static TheoryData<string, string, string> Texts => [.. Samples];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Compile_Schema_MatchesWhatIsValid(string schema, string valid, string invalid)
    {
        var matcher = new GbnfMatcher(JsonSchemaGrammar.Compile(JsonElement.Parse(schema)));

        foreach (var text in valid.Split(" | "))
        {
            matcher.Matches(text.Trim()).ShouldBeTrue(text);
        }

        foreach (var text in invalid.Split(" | "))
        {
            matcher.Matches(text.Trim()).ShouldBeFalse(text);
        }
    }

    [Theory]
    [InlineData("""{"type":"object","patternProperties":{"^x":{"type":"null"},"y":{}}}""", "patternProperties", "$")]
    [InlineData("""{"type":"object","patternProperties":{"^x":{"type":"null"},"^x*y":{}}}""", "patternProperties", "$")]
    [InlineData("""{"type":"object","patternProperties":{"^x":{}},"properties":{"x1":{}}}""", "patternProperties", "$")]
    [InlineData("""{"type":"object","patternProperties":{"^x":{}},"additionalProperties":{"type":"null"}}""", "patternProperties", "$")]
    [InlineData("""{"type":"object","patternProperties":{"(":{}},"properties":{"x1":{}}}""", "patternProperties", "$")]
    [InlineData("""{"allOf":[{"type":"object","additionalProperties":false},{"patternProperties":{"^x":{}}}]}""", "additionalProperties", "$")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"array","items":{"not":{}}}}}""", "not", "$.a[]")]
    [InlineData("""{"type":"string","not":{"pattern":"a"}}""", "not", "$")]
    [InlineData("""{"type":"string","minLength":2,"not":{"const":"ab"}}""", "not", "$")]
    [InlineData("""{"type":"number","not":{"type":"integer"}}""", "not", "$")]
    [InlineData("""{"type":"integer","not":{"const":3}}""", "not", "$")]
    [InlineData("""{"type":"string","not":{"type":"string"}}""", "not", "$")]
    [InlineData("""{"type":"object","required":["a"],"not":{"required":["a"]}}""", "not", "$")]
    [InlineData("""{"type":"object","not":{"required":["a","b"]}}""", "not", "$")]
    [InlineData("""{"type":"string","format":"date","maxLength":9}""", "format", "$")]
    [InlineData("""{"type":"string","format":"json-pointer"}""", "format", "$")]
    [InlineData("""{"type":"array","uniqueItems":true}""", "uniqueItems", "$")]
    [InlineData("""{"type":"number","multipleOf":0.5}""", "multipleOf", "$")]
    [InlineData("""{"type":"string","pattern":"^(?=a)b$"}""", "pattern", "$")]
    [InlineData("""{"type":"string","pattern":"(a)\\1"}""", "pattern", "$")]
    [InlineData("""{"type":"string","pattern":"^a*$","maxLength":3}""", "pattern", "$")]
    [InlineData("""{"$ref":"https://example.org/s"}""", "$ref", "$")]
    [InlineData("""{"$ref":"#/$defs/missing"}""", "$ref", "$")]
    [InlineData("""{"$ref":"#"}""", "$ref", "$")]
    [InlineData("""{"type":"wrong"}""", "type", "$")]
    [InlineData("""{"type":"integer","minimum":3,"maximum":2}""", "minimum", "$")]
    [InlineData("""{"enum":[]}""", "enum", "$")]
    [InlineData("""{"type":"object","madeUp":1}""", "madeUp", "$")]
    [InlineData("false", "false", "$")]
    [InlineData("""{"allOf":[{"type":"object","properties":{"a":{}},"additionalProperties":false},{"properties":{"b":{}}}]}""", "additionalProperties", "$")]
    public void Compile_Unsupported_NamesKeywordAndPath(string schema, string keyword, string path)
    {
        var e = Should.Throw<UnsupportedSchemaException>(() => JsonSchemaGrammar.Compile(JsonElement.Parse(schema)));

        (e.Keyword, e.Path).ShouldBe((keyword, path));
        e.Message.ShouldContain(keyword);
    }

    [Fact]
    public void Compile_DeepOrHugeSchema_IsRefused()
    {
        var deep = string.Concat(Enumerable.Repeat("""{"type":"array","items":""", 100)) + "true" + new string('}', 100);
        var wide = JsonSerializer.Serialize(new { type = "object", properties = Enumerable.Range(0, 9000).ToDictionary(i => $"p{i}", i => new { type = "integer", minimum = i }) });
        var selfSimilar = """{"$defs":{"a":{"allOf":[{"$ref":"#/$defs/a"},{"type":"object"}]}},"$ref":"#/$defs/a"}""";

        Should.Throw<UnsupportedSchemaException>(() => JsonSchemaGrammar.Compile(JsonElement.Parse(deep, new JsonDocumentOptions { MaxDepth = 256 })));
        Should.Throw<UnsupportedSchemaException>(() => JsonSchemaGrammar.Compile(JsonElement.Parse(wide)));
        Should.Throw<UnsupportedSchemaException>(() => JsonSchemaGrammar.Compile(JsonElement.Parse(selfSimilar)));
    }

    [Fact]
    public void Compile_IntegerRange_HoldsExactlyItsNumbers() =>
        Prop.ForAll<int, int, int>((a, b, n) =>
        {
            var (low, high) = (Math.Min(a, b), Math.Max(a, b));
            var matcher = new GbnfMatcher(JsonSchemaGrammar.Compile(JsonElement.Parse($$"""{"type":"integer","minimum":{{low}},"maximum":{{high}}}""")));
            return new[] { low, high, low - 1, high + 1, n, 0, low / 10, high * 10, -low }.All(x => matcher.Matches($"{x}") == (low <= x && x <= high));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(150));

    [Fact]
    public void Compile_NumberRange_HoldsExactlyItsNumbers() =>
        Prop.ForAll<int, int, int>((a, b, n) =>
        {
            var (low, high) = (Math.Min(a, b) / 8m, (Math.Max(a, b) + 1) / 8m);
            foreach (var isExclusive in new[] { false, true })
            {
                var (min, max) = isExclusive ? ("exclusiveMinimum", "exclusiveMaximum") : ("minimum", "maximum");
                var matcher = new GbnfMatcher(JsonSchemaGrammar.Compile(JsonElement.Parse(FormattableString.Invariant($$"""{"type":"number","{{min}}":{{low}},"{{max}}":{{high}}}"""))));
                foreach (var x in new[] { low, high, low - 0.001m, high + 0.001m, low + 0.001m, high - 0.001m, n / 8m, n, 0m, decimal.Truncate(low), decimal.Truncate(high), low + 0.01m })
                {
                    var isIn = isExclusive ? low < x && x < high : low <= x && x <= high;
                    if (matcher.Matches(x.ToString("0.####", System.Globalization.CultureInfo.InvariantCulture)) != isIn)
                    {
                        throw new InvalidOperationException($"{x} in {low}..{high} exclusive {isExclusive}");
                    }
                }
            }

            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(150));

    [Fact]
    public void Compile_OpenNumberRange_HoldsItsSide()
    {
        var positive = new GbnfMatcher(JsonSchemaGrammar.Compile(JsonElement.Parse("""{"type":"number","exclusiveMinimum":0}""")));
        var negative = new GbnfMatcher(JsonSchemaGrammar.Compile(JsonElement.Parse("""{"type":"integer","maximum":-3}""")));

        (positive.Matches("0"), positive.Matches("0.5"), positive.Matches("12.75"), positive.Matches("-1"), positive.Matches("0.0")).ShouldBe((false, true, true, false, false));
        (negative.Matches("-3"), negative.Matches("-100"), negative.Matches("-2"), negative.Matches("5"), negative.Matches("0")).ShouldBe((true, true, false, false, false));
    }

    [Fact]
    public void Compile_UnlistedPropertiesAllowed_AcceptsThem()
    {
        var schema = JsonElement.Parse("""{"type":"object","properties":{"a":{"type":"integer"}}}""");

        new GbnfMatcher(JsonSchemaGrammar.Compile(schema, new JsonSchemaGrammarOptions { AllowUnlistedProperties = true })).Matches("""{"a":1,"b":[]}""").ShouldBeTrue();
        new GbnfMatcher(JsonSchemaGrammar.Compile(schema)).Matches("""{"a":1,"b":[]}""").ShouldBeFalse();
    }

    [Fact]
    public void Compile_UnknownKeywordsIgnored_StillRefusesKnownOnes()
    {
        var options = new JsonSchemaGrammarOptions { IgnoreUnknownKeywords = true };

        new GbnfMatcher(JsonSchemaGrammar.Compile(JsonElement.Parse("""{"type":"null","madeUp":1}"""), options)).Matches("null").ShouldBeTrue();
        Should.Throw<UnsupportedSchemaException>(() => JsonSchemaGrammar.Compile(JsonElement.Parse("""{"type":"null","contains":{}}"""), options));
    }

    [Fact]
    public void AnyObject_HoldsObjectsOnly()
    {
        var matcher = new GbnfMatcher(JsonGrammar.AnyObject);

        matcher.Matches("""{"a": [1, -2.5e3, "x\u00e9", {"b": null}], "c": true}""").ShouldBeTrue();
        matcher.Matches("""[1]""").ShouldBeFalse();
    }
}
