using GenAI.Guardrails.Canonical;

namespace GenAI.Guardrails.Tests.Canonical;

public sealed class CanonicalFoldTests
{
    [Theory]
    [InlineData("plain text 42", "plain text 42")]
    [InlineData("５１００", "5100")]
    [InlineData("٣٤٧१२३", "347123")]
    [InlineData("𝐀𝟏𝓫", "A1b")]
    [InlineData("①②", "12")]
    [InlineData("a\u200Bb\u00ADc\u2060d", "abcd")]
    [InlineData("4\u03311\u0331", "41")]
    [InlineData("1\u00A02\u30003", "1 2 3")]
    [InlineData("1\u20132\u22123", "1-2-3")]
    [InlineData("ﬁne", "fine")]
    [InlineData("раураl", "paypal")]
    [InlineData("ａ＠ｂ．ｃｏｍ", "a@b.com")]
    [InlineData("日本語 é", "日本語 é")]
    public void Fold_Disguise_IsPlain(string text, string expected) =>
        CanonicalFold.Fold(text).ShouldBe(expected);

    [Fact]
    public void Fold_EveryScalar_FitsTheBuffer()
    {
        var folded = new char[CanonicalFold.MaxLength];
        for (var value = 0; value <= 0x10FFFF; value++)
        {
            if (System.Text.Rune.IsValid(value))
            {
                CanonicalFold.Fold(new System.Text.Rune(value), folded).ShouldBeInRange(0, CanonicalFold.MaxLength);
            }
        }
    }

    [Fact]
    public void Source_StrippedInside_CoversTheOriginal()
    {
        var text = new CanonicalText();
        text.Append("x 4\u200B1\u200B1 y");
        text.Complete();

        text.Slice(2, 5).ShouldBe("411");
        text.Source(2, 5).ShouldBe(new TextSpan(2, 7));
    }
}
