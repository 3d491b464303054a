using System.Diagnostics;
using GenAI.Guardrails.Chat;
using GenAI.Guardrails.Control;
using GenAI.Guardrails.DenyList;
using GenAI.Guardrails.Pii;
using Microsoft.Extensions.AI;

namespace GenAI.Guardrails.Tests.Chat;

/// <summary>Texts made to be read again from every place: a check of the longest message must stay linear.</summary>
public sealed class HostileTextTests
{
    private const int Length = 200_000;

    /// <summary>What is linear takes well under a second, what is quadratic takes minutes.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private static readonly GuardPolicy s_policy = GuardPolicy.Create(
        new PiiOptions(), new ControlOptions(), new DenyListOptions { Phrases = ["project bluebird"] });

    [Theory]
    [InlineData("(")]
    [InlineData("( ")]
    [InlineData(" ")]
    [InlineData("\u0001")]
    [InlineData("\u0001 4111111111111111")]
    [InlineData("sk-")]
    [InlineData("-eyJ")]
    [InlineData("SG.")]
    [InlineData("-----BEGIN PRIVATE KEY-----")]
    public async Task GetResponse_RepeatedStart_TakesLinearTime(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, Length / piece.Length));
        using var client = new GuardChatClient(ScriptedChatClient.Saying("ok"), s_policy);
        var started = Stopwatch.GetTimestamp();

        var response = await client.GetResponseAsync(text, cancellationToken: TestContext.Current.CancellationToken);

        response.Text.ShouldBe("ok");
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(s_patience);
    }
}
