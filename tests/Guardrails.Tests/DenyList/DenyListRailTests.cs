using GenAI.Guardrails.DenyList;

namespace GenAI.Guardrails.Tests.DenyList;

public sealed class DenyListRailTests
{
    private readonly DenyListRail _rail = new(new DenyListOptions
    {
        Phrases = ["project bluebird", "Zürich office"],
        Patterns = [@"\bcase\s+\d{4}\b"],
    });

    [Theory]
    [InlineData("What is Project   Bluebird?", "phrase:Project   Bluebird")]
    [InlineData("ｐｒｏｊｅｃｔ\u200B bluebird", "phrase:ｐｒｏｊｅｃｔ\u200B bluebird")]
    [InlineData("рrоjеct bluebird", "phrase:рrоjеct bluebird")]
    [InlineData("the ZÜRICH office", "phrase:ZÜRICH office")]
    [InlineData("see CASE 1234.", "pattern:CASE 1234")]
    public void Check_Listed_IsFound(string text, string expected) =>
        RailText.Values(_rail, text).ShouldBe([expected]);

    [Theory]
    [InlineData("project bluebirds")]
    [InlineData("a subproject bluebird")]
    [InlineData("showcase 1234")]
    [InlineData("case 12345")]
    [InlineData("project")]
    public void Check_OtherWords_ArePassed(string text) =>
        RailText.Check(_rail, text).ShouldBeEmpty();

    [Theory]
    [InlineData(200)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(511)]
    [InlineData(512)]
    [InlineData(1000)]
    public void Check_PatternAnywhere_IsFoundOnce(int offset)
    {
        var text = string.Concat(Enumerable.Repeat("a ", 700))[..offset] + " case 1234 " + new string('b', 600);

        RailText.Values(_rail, text).ShouldBe(["pattern:case 1234"]);
    }

    [Fact]
    public void Constructor_PatternWithLookAround_SaysWhich() =>
        Should.Throw<ArgumentException>(() => new DenyListRail(new DenyListOptions { Patterns = ["(?<=a)b"] }))
            .Message.ShouldContain("(?<=a)b");

    [Fact]
    public void Constructor_EmptyPhrase_IsRefused() =>
        Should.Throw<ArgumentException>(() => new DenyListRail(new DenyListOptions { Phrases = [" \u200B"] }));
}
