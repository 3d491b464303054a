using GenAI.Guardrails.Control;

namespace GenAI.Guardrails.Tests.Control;

public sealed class ControlRailTests
{
    private readonly ControlRail _rail = new(new ControlOptions { MaxInputChars = 10 });

    [Theory]
    [InlineData("a\u0000b", "control_character", 1, 2)]
    [InlineData("a\u009Bb", "control_character", 1, 2)]
    [InlineData("a\u202Eb", "bidi_override", 1, 2)]
    [InlineData("a\u2066b", "bidi_override", 1, 2)]
    [InlineData("a\U000E0041b", "tag_character", 1, 3)]
    public void Check_HiddenCharacter_IsTakenOut(string text, string reason, int start, int end)
    {
        var finding = RailText.Check(_rail, text).ShouldHaveSingleItem();

        finding.ShouldSatisfyAllConditions(
            () => finding.Reason.ShouldBe(reason),
            () => finding.Action.ShouldBe(RailAction.Mask),
            () => finding.Span.ShouldBe(new TextSpan(start, end)));
    }

    [Fact]
    public void Check_LoneSurrogate_IsTakenOut()
    {
        // Not inline data: the test runner would turn them into replacement characters.
        RailText.Check(_rail, "a\uD800b").ShouldHaveSingleItem().Span.ShouldBe(new TextSpan(1, 2));
        RailText.Check(_rail, "a\uDC00b").ShouldHaveSingleItem().Span.ShouldBe(new TextSpan(1, 2));
        RailText.Check(_rail, "ab\uD800").ShouldHaveSingleItem().Span.ShouldBe(new TextSpan(2, 3));
    }

    [Theory]
    [InlineData("tab\tand\r\nlines")]
    [InlineData("👩‍👩‍👧 می‌خواهم")]
    [InlineData("left\u200Eright\u200F")]
    public void Check_LivingText_IsPassed(string text) =>
        RailText.Check(_rail, text).ShouldBeEmpty();

    [Fact]
    public void Check_TooLong_BlocksWithTheLimit()
    {
        var finding = RailText.Check(_rail, "12345678901", RailStage.Input).ShouldHaveSingleItem();

        finding.Action.ShouldBe(RailAction.Block);
        finding.Sentence.ShouldNotBeNull().ShouldContain("10 characters");
        RailText.Check(_rail, "1234567890", RailStage.Input).ShouldBeEmpty();
    }
}
