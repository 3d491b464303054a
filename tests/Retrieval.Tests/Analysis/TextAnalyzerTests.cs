using FsCheck;
using FsCheck.Fluent;
using GenAI.Retrieval.Analysis;

namespace GenAI.Retrieval.Tests.Analysis;

public sealed class TextAnalyzerTests
{
    [Theory]
    [InlineData("The cats are running", "cat|run")]
    [InlineData("na\u00efve CAF\u00c9 Stra\u00dfe \ufb01nancial", "naiv|cafe|strass|financi")]
    [InlineData("nai\u0308ve", "naiv")]
    [InlineData("state-of-the-art user's don't", "state|art|user|dont")]
    [InlineData("U.S. law", "us|law")]
    [InlineData("$1,234.50 and 3.5% of 12,5", "1234.50|3.5|125|12|5")]
    public void Terms_LatinText_AreFoldedStoppedAndStemmed(string text, string terms) => Joined(text).ShouldBe(terms);

    [Theory]
    [InlineData("ERR-1042", "err1042|err|1042")]
    [InlineData("max_tokens", "maxtokens|max|token")]
    [InlineData("10-K", "10k|10|k")]
    [InlineData("HttpClient", "httpclient|http|client")]
    [InlineData("AX200", "ax200|200")]
    [InlineData("0x80070005", "0x80070005|80070005")]
    [InlineData("2022-05-20", "20220520|2022|05|20")]
    public void Terms_Identifier_IsKeptWholeAndInParts(string text, string terms) => Joined(text).ShouldBe(terms);

    [Theory]
    [InlineData("error ERR1042", "what is ERR-1042?")]
    [InlineData("part AX-200/B", "AX200B")]
    [InlineData("the 10-K filing", "10k")]
    [InlineData("call HttpClient", "http")]
    public void Terms_IdentifierWrittenDifferently_StillMeets(string document, string query) =>
        TextAnalyzer.Terms(document).Intersect(TextAnalyzer.Terms(query)).ShouldNotBeEmpty();

    [Theory]
    [InlineData("\u6f22\u5b57\u304b", "\u6f22|\u6f22\u5b57|\u5b57|\u5b57\u304b|\u304b")]
    [InlineData("\u0e20\u0e32\u0e29\u0e32", "\u0e20\u0e32\u0e29|\u0e32\u0e29\u0e32")]
    [InlineData("\u0401\u043b\u043a\u0438 \u0434\u043e\u043c", "\u0435\u043b\u043a\u0438|\u0434\u043e\u043c")]
    [InlineData("\u0434\u043e\u043c\u0430\u043c\u0438", "\u0434\u043e\u043c\u0430\u043c\u0438|\u0434\u043e\u043c\u0430|\u043e\u043c\u0430\u043c|\u043c\u0430\u043c\u0438")]
    [InlineData("\u0623\u064e\u0647\u0644", "\u0627\u0647\u0644")]
    public void Terms_OtherScripts_BecomeTheirPieces(string text, string terms) => Joined(text).ShouldBe(terms);

    [Fact]
    public void Terms_AnyText_AreShortFoldedAndWhole()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
        {
            foreach (var term in TextAnalyzer.Terms(text ?? string.Empty))
            {
                term.Length.ShouldBeInRange(1, 64);
                term.ShouldBe(term.ToLowerInvariant());
                term.EnumerateRunes().ShouldNotContain(System.Text.Rune.ReplacementChar, "half a surrogate pair is no term");
            }
        }).QuickCheckThrowOnFailure();
    }

    private static string Joined(string text) => string.Join('|', TextAnalyzer.Terms(text));
}
