using GenAI.Retrieval.Answers;
using GenAI.Retrieval.Answers.Chat;
using GenAI.Retrieval.Answers.Extractive;
using Microsoft.Extensions.AI;

namespace GenAI.Retrieval.Tests.Answers;

public sealed class RetrieveChatClientTests
{
    private readonly FixedPassages _passages = new(TestEvidence.Bridge);

    [Fact]
    public async Task GetResponse_NoRetrievalOptions_PassesThrough()
    {
        using var client = Client(new ScriptedChatClient("plain"));

        var response = await client.GetResponseAsync("hello", cancellationToken: TestContext.Current.CancellationToken);

        response.Text.ShouldBe("plain");
        _passages.Request.ShouldBeNull();
    }

    [Theory]
    [InlineData(AnswerPolicyNames.Extractive, "When was the toll abolished?")]
    [InlineData(AnswerPolicyNames.Extractive, "Who opened the Meridian bridge, and when was it closed?")]
    [InlineData(AnswerPolicyNames.Extractive, "What is the boiling point of mercury?")]
    [InlineData(AnswerPolicyNames.Generated, "When was the toll abolished?")]
    public async Task GetStreamingResponse_AnyPolicy_HoldsTheSameAsTheResponse(string policy, string question)
    {
        using var client = Client(new ScriptedChatClient("The toll was ", "abolished in 1974. ", "It was ", "9 euros."));

        var response = await client.GetResponseAsync(question, Options(policy), TestContext.Current.CancellationToken);
        var updates = await client.GetStreamingResponseAsync(question, Options(policy), TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);

        string.Concat(updates.Select(update => update.Text)).ShouldBe(response.Text);
        Describe(updates.SelectMany(update => update.Contents)).ShouldBe(Describe(response.Messages[0].Contents));
        updates.ShouldAllBe(update => policy.Equals(update.AdditionalProperties![AnswerPropertyNames.Policy]));
        response.AdditionalProperties![AnswerPropertyNames.Policy].ShouldBe(policy);
        response.AdditionalProperties[AnswerPropertyNames.Abstained].ShouldBe(updates[^1].AdditionalProperties![AnswerPropertyNames.Abstained]);
        response.FinishReason.ShouldBe(ChatFinishReason.Stop);
        response.Usage.ShouldNotBeNull();
    }

    [Fact]
    public async Task GetResponse_Extract_CarriesTheCitation()
    {
        using var client = Client(new ScriptedChatClient());

        var response = await client.GetResponseAsync("When was the toll abolished?", Options(), TestContext.Current.CancellationToken);

        var content = response.Messages.ShouldHaveSingleItem().Contents.OfType<TextContent>().ShouldHaveSingleItem();
        var citation = content.Annotations.ShouldNotBeNull().OfType<CitationAnnotation>().First();
        var region = citation.AnnotatedRegions!.OfType<TextSpanAnnotatedRegion>().ShouldHaveSingleItem();
        content.Text[region.StartIndex!.Value..region.EndIndex!.Value].ShouldBe(citation.Snippet);
        citation.FileId.ShouldBe("file-bridge.md");
        citation.Title.ShouldBe("bridge.md");
        citation.AdditionalProperties![AnswerPropertyNames.Page].ShouldBe(7);
        citation.AdditionalProperties[AnswerPropertyNames.QuoteStart].ShouldBe(100 + TestEvidence.Text.IndexOf(citation.Snippet!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task GetResponse_Generated_CitesOnlyWhatHolds()
    {
        var model = new ScriptedChatClient("The toll was abolished in 1974. The bridge spans 999 metres over the river Orla.");
        using var client = Client(model);

        var response = await client.GetResponseAsync(
            [new(ChatRole.System, "Be kind."), new(ChatRole.User, "When was the toll abolished?")],
            Options(AnswerPolicyNames.Generated),
            TestContext.Current.CancellationToken);

        var citation = response.Messages[0].Contents.OfType<TextContent>().Single().Annotations.ShouldNotBeNull().OfType<CitationAnnotation>().ShouldHaveSingleItem();
        citation.Snippet.ShouldBe("The toll was abolished in 1974.");
        model.Received[0].Text.ShouldStartWith("Be kind.");
        model.Received[0].Text.ShouldContain("[1] bridge.md");
        model.Options!.AdditionalProperties!.ContainsKey(RetrievalOptions.PropertyName).ShouldBeFalse();
    }

    [Fact]
    public async Task GetResponse_Request_ReachesThePassageSource()
    {
        using var client = Client(new ScriptedChatClient());
        var options = Options();
        options.AdditionalProperties![RetrievalOptions.PropertyName] =
            new RetrievalOptions { VectorStoreIds = ["vs_1", "vs_2"], Top = 3, Labels = new HashSet<string> { "hr" } };

        await client.GetResponseAsync("When was the toll abolished?", options, TestContext.Current.CancellationToken);

        _passages.Request.ShouldNotBeNull();
        _passages.Request.VectorStoreIds.ShouldBe(["vs_1", "vs_2"]);
        _passages.Request.Top.ShouldBe(3);
        _passages.Request.Labels.ShouldBe(["hr"]);
        _passages.Request.Question.ShouldBe("When was the toll abolished?");
    }

    [Fact]
    public async Task GetResponse_UnknownPolicy_NamesTheKnownOnes()
    {
        using var client = Client(new ScriptedChatClient());

        var thrown = await Should.ThrowAsync<ArgumentException>(
            () => client.GetResponseAsync("q", Options("guess"), TestContext.Current.CancellationToken));

        thrown.Message.ShouldContain("'guess'");
        thrown.Message.ShouldContain("extractive, generated");
    }

    [Fact]
    public async Task GetResponse_NothingFound_AbstainsWithoutAskingTheModel()
    {
        var model = new ScriptedChatClient("invented");
        using var client = new RetrieveChatClient(model, new FixedPassages(), [new ExtractivePolicy()]);

        var response = await client.GetResponseAsync("What?", Options(AnswerPolicyNames.Generated), TestContext.Current.CancellationToken);

        response.Text.ShouldContain("No passage");
        model.Received.ShouldBeEmpty();
    }

    private RetrieveChatClient Client(IChatClient model) => new(model, _passages, [new ExtractivePolicy()]);

    private static ChatOptions Options(string? policy = null) => new()
    {
        ModelId = "smollm2-135m",
        AdditionalProperties = new() { [RetrievalOptions.PropertyName] = new RetrievalOptions { VectorStoreIds = ["vs_1"], Policy = policy } },
    };

    private static string[] Describe(IEnumerable<AIContent> contents) =>
        [.. contents.SelectMany(content => content.Annotations ?? []).OfType<CitationAnnotation>().Select(citation =>
        {
            var region = citation.AnnotatedRegions!.OfType<TextSpanAnnotatedRegion>().Single();
            return $"{citation.FileId} {region.StartIndex}-{region.EndIndex} {citation.Snippet}";
        })];
}
