using FsCheck;
using FsCheck.Fluent;
using GenAI.Guardrails.Chat;
using GenAI.Guardrails.Control;
using GenAI.Guardrails.DenyList;
using GenAI.Guardrails.Pii;
using Microsoft.Extensions.AI;

namespace GenAI.Guardrails.Tests.Chat;

/// <summary>Whatever the text and however it is cut: what is streamed is what the whole answer would have been.</summary>
public sealed class GuardStreamingPropertyTests
{
    private static readonly string[] Fragments =
    [
        "4111 1111 1111 1111", "4111111111111111", "4.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1", "41111111\n11111111", "DE89370400440532013000",
        "GB82 WEST 1234 5698 7654 32", "123-45-6789", "NHS number 943 476 5919", "routing 021000021", "ann.lee@example.com",
        "ann dot lee (at) example dot com", "+44 20 7946 0958", "ghp_abcdefghijklmnopqrstuvwxyz0123456789", "AKIAIOSFODNN7EXAMPLE",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", "eyJhbGci.eyJzdWIi.c2ln", "４１１１１１１１１１１１１１１１",
        "4\u200B1\u200B1\u200B1\u200B1\u200B1\u200B1\u200B1\u200B1\u200B1\u200B1\u200B1\u200B1\u200B1\u200B1\u200B1", "\u202E", "\0", "\U000E0041",
        "\uD83D", "\uDE00", "😀", " ", " ", " ", ". ", ", ", "\n", "-", "the net sales were ", "in 2022 of $ 1,234.5 million", "card ", "at ", "12", "7",
    ];

    private static readonly GuardPolicy Policy = GuardPolicy.Create(EnforceAll(), new ControlOptions(), new DenyListOptions());

    /// <summary>Shapes are reported here, so the text runs ahead of them.</summary>
    private static readonly GuardPolicy Defaults = GuardPolicy.Create(new PiiOptions(), new ControlOptions(), new DenyListOptions());

    private static readonly GuardPolicy Blocking = GuardPolicy.Create(
        EnforceAll(),
        new ControlOptions(),
        new DenyListOptions { Phrases = ["net sales"], Patterns = [@"exampl[a-z]+"] });

    private static readonly Gen<(string Text, int[] Cuts)> Cases =
        from parts in Gen.Elements(Fragments).ArrayOf()
        from cuts in Gen.Choose(1, 9).ArrayOf()
        select (string.Concat(parts), cuts);

    [Fact]
    public void Stream_AnyCut_IsTheWholeAnswer() =>
        Prop.ForAll(Cases.ToArbitrary(), sample =>
        {
            var whole = Whole(Policy, sample.Text);
            return string.Equals(Streamed(Policy, Cut(sample.Text, sample.Cuts)).Text, whole, StringComparison.Ordinal);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));

    [Fact]
    public void Stream_AnyCutWhereShapesAreReported_IsTheWholeAnswer() =>
        Prop.ForAll(Cases.ToArbitrary(), sample =>
        {
            var whole = Whole(Defaults, sample.Text);
            return string.Equals(Streamed(Defaults, Cut(sample.Text, sample.Cuts)).Text, whole, StringComparison.Ordinal);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));

    [Fact]
    public void Scan_AnyCut_FindsWhatTheWholeHolds() =>
        Prop.ForAll(Cases.ToArbitrary(), sample =>
        {
            var rail = new PiiRail(new PiiOptions());
            var whole = RailText.Check(rail, sample.Text).Select(finding => (finding.Span, finding.Reason));
            return whole.SequenceEqual(RailText.Check(rail, Cut(sample.Text, sample.Cuts)).Select(finding => (finding.Span, finding.Reason)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));

    [Fact]
    public void Stream_Blocked_LeaksNothingAndSaysSo() =>
        Prop.ForAll(Cases.ToArbitrary(), sample =>
        {
            using var client = new GuardChatClient(ScriptedChatClient.Saying(sample.Text), Blocking);
            var whole = client.GetResponseAsync("q", cancellationToken: CancellationToken.None).GetAwaiter().GetResult();
            var streamed = Streamed(Blocking, Cut(sample.Text, sample.Cuts));
            var isBlocked = whole.FinishReason == ChatFinishReason.ContentFilter;
            return isBlocked == (streamed.FinishReason == ChatFinishReason.ContentFilter)
                && (isBlocked
                    ? whole.Text.Length == 0 && !streamed.Text.Contains("net sales", StringComparison.Ordinal)
                        && !streamed.Text.Contains("exampl", StringComparison.Ordinal)
                        && Whole(Policy, sample.Text).StartsWith(streamed.Text, StringComparison.Ordinal)
                    : string.Equals(streamed.Text, whole.Text, StringComparison.Ordinal));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Fact]
    public void Stream_EveryFragmentOneCharacterAtATime_LeaksNoCharacterOfTheValue()
    {
        foreach (var value in Fragments.Where(fragment => fragment.Length > 8 && Whole(Policy, fragment).StartsWith('<')))
        {
            var text = $"It is {value} as he said.";

            Streamed(Policy, text.Select(unit => unit.ToString())).Text.ShouldBe(Whole(Policy, text));
        }
    }

    private static PiiOptions EnforceAll()
    {
        var options = new PiiOptions();
        foreach (var kind in Enum.GetValues<PiiKind>())
        {
            options.Output[kind] = RailMode.Enforce;
        }

        return options;
    }

    private static string Whole(GuardPolicy policy, string text)
    {
        using var client = new GuardChatClient(ScriptedChatClient.Saying(text), policy);
        return client.GetResponseAsync("q", cancellationToken: CancellationToken.None).GetAwaiter().GetResult().Text;
    }

    private static (string Text, ChatFinishReason? FinishReason) Streamed(GuardPolicy policy, IEnumerable<string> pieces)
    {
        using var client = new GuardChatClient(ScriptedChatClient.Saying([.. pieces]), policy);
        var updates = client.GetStreamingResponseAsync("q", cancellationToken: CancellationToken.None).ToBlockingEnumerable(CancellationToken.None).ToList();
        return (string.Concat(updates.Select(update => update.Text)), updates[^1].FinishReason);
    }

    private static IEnumerable<string> Cut(string text, int[] cuts)
    {
        var position = 0;
        for (var index = 0; position < text.Length; index++)
        {
            var length = Math.Min(cuts.Length == 0 ? 3 : cuts[index % cuts.Length], text.Length - position);
            yield return text.Substring(position, length);
            position += length;
        }
    }
}
