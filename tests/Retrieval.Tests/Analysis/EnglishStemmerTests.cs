using GenAI.Retrieval.Analysis;

namespace GenAI.Retrieval.Tests.Analysis;

public sealed class EnglishStemmerTests
{
    [Fact]
    public void Stem_WordsOfAbstractsAndArticles_EqualsSnowball()
    {
        // Each line: a word and what Snowball's own English stemmer (libstemmer 2.2.0) makes of it.
        using var reader = new StreamReader(typeof(EnglishStemmerTests).Assembly.GetManifestResourceStream("english-stems.txt")!);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);

        lines.Length.ShouldBe(1500);
        lines.Select(line => $"{line.Split(' ')[0]} {Stem(line.Split(' ')[0])}").ShouldBe(lines);
    }

    [Theory]
    [InlineData("skies", "sky")]
    [InlineData("dying", "die")]
    [InlineData("news", "news")]
    [InlineData("innings", "inning")]
    [InlineData("generously", "generous")]
    [InlineData("communism", "communism")]
    [InlineData("hoping", "hope")]
    [InlineData("hopped", "hop")]
    [InlineData("by", "by")]
    [InlineData("sayer", "sayer")]
    [InlineData("ties", "tie")]
    public void Stem_SpecialCase_FollowsTheAlgorithm(string word, string stem) => Stem(word).ShouldBe(stem);

    private static string Stem(string word)
    {
        Span<char> buffer = stackalloc char[word.Length + 1];
        word.CopyTo(buffer);
        return buffer[..EnglishStemmer.Stem(buffer, word.Length)].ToString();
    }
}
