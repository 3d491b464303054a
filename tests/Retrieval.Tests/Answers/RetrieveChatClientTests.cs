using GenAI.Retrieval.Answers;
using GenAI.Retrieval.Answers.Chat;
using GenAI.Retrieval.Answers.Extractive;
using GenAI.Retrieval.Answers.Generated;
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

    [Theory]
    [InlineData(null, false, 1024)]
    [InlineData(null, true, 5120)]
    [InlineData(7, false, 7)]
    [InlineData(4000, false, 4000)]
    public async Task GetResponse_Generated_IsBoundUnlessTheRequestSaysHowLong(int? asked, bool reasons, int sent)
    {
        var model = new ScriptedChatClient("The toll was abolished in 1974.");
        using var client = Client(model, new ContextMeter(8192, Words) { Reasons = reasons });
        var options = Options(AnswerPolicyNames.Generated);
        options.MaxOutputTokens = asked;

        await client.GetResponseAsync("When was the toll abolished?", options, TestContext.Current.CancellationToken);

        model.Options!.MaxOutputTokens.ShouldBe(sent);
        options.MaxOutputTokens.ShouldBe(asked);
    }

    [Fact]
    public async Task GetResponse_GeneratedByAModelThatCannotBeMeasured_LeavesItsLimitsToItsServer()
    {
        var model = new ScriptedChatClient("The toll was abolished in 1974.");
        using var client = Client(model, meter: null);

        await client.GetResponseAsync("When was the toll abolished?", Options(AnswerPolicyNames.Generated), TestContext.Current.CancellationToken);

        model.Options!.MaxOutputTokens.ShouldBeNull();
        var budget = _passages.Request!.Budget.ShouldNotBeNull();
        budget.Tokens.ShouldBe(3072);
        budget.Cost(TestEvidence.Of(new string('a', 4000))).ShouldBeInRange(1000, 1020);
    }

    [Fact]
    public async Task GetResponse_Generated_PassagesGetWhatTheConversationLeaves()
    {
        var plain = await BudgetAsync([new(ChatRole.User, "When was the toll abolished?")], new ChatOptions());
        plain.ShouldBeInRange(1300, 1500);

        var long300 = string.Join(' ', Enumerable.Repeat("word", 300));
        List<ChatMessage> withTools =
        [
            new(ChatRole.Assistant, [new FunctionCallContent("1", "look", new Dictionary<string, object?> { ["at"] = "the bridge" })]),
            new(ChatRole.Tool, [new FunctionResultContent("1", long300)]),
            new(ChatRole.User, "When was the toll abolished?"),
        ];
        (await BudgetAsync(withTools, new ChatOptions())).ShouldBe(plain - 300 - 4 - (2 * 16));

        var tool = AIFunctionFactory.CreateDeclaration("look", long300, System.Text.Json.JsonDocument.Parse("{}").RootElement);
        (await BudgetAsync([new(ChatRole.User, "When was the toll abolished?")], new ChatOptions { Tools = [tool] })).ShouldBe(plain - 300 - 2);
        (await BudgetAsync([new(ChatRole.User, "When was the toll abolished?")], new ChatOptions { MaxOutputTokens = 100 })).ShouldBe(plain + 400);
    }

    [Fact]
    public async Task GetResponse_GeneratedAfterALongConversation_KeepsThePassagesSoThatTheModelRefuses()
    {
        var budget = await BudgetAsync([new(ChatRole.User, string.Join(' ', Enumerable.Repeat("When?", 1900)))], new ChatOptions());

        budget.ShouldBe(3072);
    }

    [Fact]
    public async Task GetResponse_Extract_HasNoReaderToPayFor()
    {
        using var client = Client(new ScriptedChatClient(), new ContextMeter(100, Words));

        await client.GetResponseAsync("When was the toll abolished?", Options(), TestContext.Current.CancellationToken);

        _passages.Request!.Budget.ShouldBeNull();
    }

    [Fact]
    public async Task GetResponse_Generated_AddsItsOptionsBehindTheCallers()
    {
        var model = new ScriptedChatClient("The toll was abolished in 1974.");
        var settings = new GeneratedOptions { ModelOptions = new Dictionary<string, object?> { ["one"] = 1, ["two"] = 2 } };
        using var client = new RetrieveChatClient(model, _passages, [new ExtractivePolicy()], new RetrieveOptions { Generated = settings });
        var options = Options(AnswerPolicyNames.Generated);
        options.AdditionalProperties!["two"] = "own";

        await client.GetResponseAsync("When was the toll abolished?", options, TestContext.Current.CancellationToken);

        model.Options!.AdditionalProperties!["one"].ShouldBe(1);
        model.Options.AdditionalProperties["two"].ShouldBe("own");
        options.AdditionalProperties.ContainsKey("one").ShouldBeFalse();
    }

    [Theory]
    [InlineData(" The documents do not answer this question", true)]
    [InlineData("The documents do not answer this question.\n", true)]
    [InlineData("The toll was abolished in 1974.", false)]
    [InlineData("The documents do not answer this question directly, but the chief was Bob.", false)]
    public async Task GetResponse_Generated_AbstainsWhenTheModelSaysSo(string reply, bool abstained)
    {
        var model = new ScriptedChatClient(reply);
        var passages = new FixedPassages(TestEvidence.Of("The documents do not answer this question of the toll."), TestEvidence.Bridge[0]);
        using var client = new RetrieveChatClient(model, passages, [new ExtractivePolicy()]);

        var response = await client.GetResponseAsync("When was the toll abolished?", Options(AnswerPolicyNames.Generated), TestContext.Current.CancellationToken);

        response.AdditionalProperties![AnswerPropertyNames.Abstained].ShouldBe(abstained);
        (abstained && response.Messages[0].Contents.OfType<TextContent>().Any(text => text.Annotations?.Count > 0)).ShouldBeFalse();
        model.Received[0].Text.ShouldContain("reply only: The documents do not answer this question.");
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

    private static int Words(string text) => text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Length;

    private async Task<int> BudgetAsync(List<ChatMessage> messages, ChatOptions options)
    {
        using var client = Client(new ScriptedChatClient("The toll was abolished in 1974."), new ContextMeter(2000, Words));
        options.ModelId = "smollm2-135m";
        options.AdditionalProperties = Options(AnswerPolicyNames.Generated).AdditionalProperties;
        await client.GetResponseAsync(messages, options, TestContext.Current.CancellationToken);
        return _passages.Request!.Budget.ShouldNotBeNull().Tokens;
    }

    private RetrieveChatClient Client(IChatClient model, ContextMeter? meter = null) => new(
        model, _passages, [new ExtractivePolicy()], new RetrieveOptions { Meter = name => name == "smollm2-135m" ? meter : null });

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
