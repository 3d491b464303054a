using GenAI.Pipelines.Chunking;

namespace GenAI.Pipelines.Tests.Chunking;

public sealed class SentenceSplitterTests
{
    [Theory]
    [InlineData("One. Two! Three?", "One.|Two!|Three?")]
    [InlineData("Dr. J. Smith of Acme Inc. paid $3.50 on Jan. 5. He left.", "Dr. J. Smith of Acme Inc. paid $3.50 on Jan. 5.|He left.")]
    [InlineData("See No. 5 and e.g. this. No. Never.", "See No. 5 and e.g. this.|No.|Never.")]
    [InlineData("He said “Stop.” Then (it was late.) he went.", "He said “Stop.”|Then (it was late.) he went.")]
    [InlineData("Wait... what? Yes.", "Wait... what?|Yes.")]
    [InlineData("これは一。これは二。", "これは一。|これは二。")]
    [InlineData("This line of prose was wrapped by an editor at a width\nand goes on here. End.", "This line of prose was wrapped by an editor at a width\nand goes on here.|End.")]
    [InlineData("- one\n- two\nname: Ada\nAge: 7", "- one|- two\nname: Ada|Age: 7")]
    [InlineData("First paragraph without a stop\n\nSecond", "First paragraph without a stop|Second")]
    public void Split_Text_EndsSentencesWhereAReaderWould(string text, string expected)
    {
        var sentences = SentenceSplitter.Split(text).Select(sentence => text[sentence.Start..sentence.End]);

        string.Join('|', sentences).ShouldBe(expected);
    }
}
