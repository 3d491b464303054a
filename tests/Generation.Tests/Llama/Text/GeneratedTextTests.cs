using System.Text;
using FsCheck;
using FsCheck.Fluent;
using GenAI.Generation.Llama.Text;

namespace GenAI.Generation.Tests.Llama.Text;

public sealed class GeneratedTextTests
{
    private static readonly Gen<string> AnyText = Gen.Elements("a", "b", "ab", "ü", "日本", "🙂", "👨‍👩‍👧", "\n", " ", "<|", "|>").ListOf().Select(string.Concat);

    /// <summary>Sizes of the pieces that a text's bytes come in: most cut characters apart.</summary>
    private static readonly Gen<int[]> Cuts = Gen.Choose(1, 5).NonEmptyListOf().Select(list => list.ToArray());

    [Fact]
    public void Add_AnyCutOfTheBytes_GivesTheTextAndNeverHalfACharacter() =>
        Prop.ForAll(AnyText.Zip(Cuts).ToArbitrary(), input =>
        {
            var (text, cuts) = input;
            var pieces = Pieces(new GeneratedText([], byToken: false), text, cuts);
            return string.Concat(pieces) == text && pieces.TrueForAll(piece => piece == Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(piece)) && !piece.Contains('\uFFFD'));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Add_AnyCutWithStops_NeverShowsAStopOrAnythingAfterIt()
    {
        var stops = Gen.Elements("b", "ab", "aab", "|>", "日", "🙂", "\n\n").ListOf().Select(list => list.ToArray());
        Prop.ForAll(AnyText.Zip(Cuts).Zip(stops).ToArbitrary(), input =>
        {
            var ((text, cuts), wanted) = input;
            var first = wanted.Select(stop => text.IndexOf(stop, StringComparison.Ordinal)).Where(at => at >= 0).DefaultIfEmpty(text.Length).Min();
            var shown = string.Concat(Pieces(new GeneratedText(wanted, byToken: false), text, cuts));

            // Bytes may make two stops certain in one piece; then the one that begins first in the text wins.
            return shown == text[..first];
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Add_PartOfAStopThatDoesNotCome_IsShownInTheEnd()
    {
        var text = new GeneratedText(["###"], byToken: false);

        text.Add("one ##"u8).Text.ShouldBe("one ");
        text.Add(" two #"u8).Text.ShouldBe("## two ");
        text.Finish().Text.ShouldBe("#");
        text.Stopped.ShouldBeFalse();
    }

    [Fact]
    public void Finish_InsideACharacter_DropsTheHalf()
    {
        var text = new GeneratedText([], byToken: false);

        text.Add([.. "ok"u8, 0xF0, 0x9F]).Text.ShouldBe("ok");
        text.Finish().Text.ShouldBe(string.Empty);
    }

    [Fact]
    public void Add_WithLogProbs_KeepsThemWithExactlyTheirText()
    {
        var text = new GeneratedText(["END"], byToken: true);
        var pieces = new List<GeneratedPiece>
        {
            text.Add("Hi"u8, Of("Hi")),
            text.Add(" E"u8, Of(" E")),
            text.Add("N "u8, Of("N ")),
            text.Add([0xC3], Of("half")),
            text.Add([0xBC], Of("other half")),
            text.Add("x EN"u8, Of("x EN")),
            text.Add("D y"u8, Of("D y")),
        };

        pieces.Select(piece => piece.Text).ShouldBe(["Hi", "", " EN ", "", "ü", "", "x "]);
        pieces.Select(piece => string.Join('|', piece.LogProbs.Select(logProb => logProb.Token))).ShouldBe(["Hi", "", " E|N ", "", "half|other half", "", ""]);
        text.Stopped.ShouldBeTrue();
    }

    private static TokenLogProb Of(string token) => new(token, -1, [], []);

    private static List<string> Pieces(GeneratedText text, string whole, int[] cuts)
    {
        var bytes = Encoding.UTF8.GetBytes(whole);
        var pieces = new List<string>();
        var at = 0;
        for (var i = 0; at < bytes.Length; i++)
        {
            var length = Math.Min(cuts[i % cuts.Length], bytes.Length - at);
            pieces.Add(text.Add(bytes.AsSpan(at, length)).Text);
            at += length;
        }

        pieces.Add(text.Finish().Text);
        return pieces;
    }
}
