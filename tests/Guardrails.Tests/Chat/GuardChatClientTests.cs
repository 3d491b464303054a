using System.Text.Json;
using GenAI.Guardrails.Chat;
using GenAI.Guardrails.Control;
using GenAI.Guardrails.DenyList;
using GenAI.Guardrails.Pii;
using Microsoft.Extensions.AI;

namespace GenAI.Guardrails.Tests.Chat;

public sealed class GuardChatClientTests
{
    private const string Card = "4111 1111 1111 1111";

    private static readonly GuardPolicy Policy = GuardPolicy.Create(
        new PiiOptions(),
        new ControlOptions { MaxInputChars = 1000 },
        new DenyListOptions { Phrases = ["project bluebird"], Sentence = "That topic is closed." });

    [Fact]
    public async Task GetResponse_CardInQuestion_ReachesTheModelMasked()
    {
        var model = ScriptedChatClient.Saying("ok");
        using var client = new GuardChatClient(model, Policy);
        ChatMessage question = new(ChatRole.User, $"charge {Card} and {Card}, mail ann@example.com");

        var response = await client.GetResponseAsync([question], cancellationToken: TestContext.Current.CancellationToken);

        model.Received.ShouldHaveSingleItem().Text.ShouldBe("charge <CARD_1> and <CARD_1>, mail ann@example.com");
        question.Text.ShouldContain(Card);
        var verdicts = Verdicts(response.AdditionalProperties);
        verdicts.ShouldContain(verdict => verdict.Stage == RailStage.Input && verdict.Reason == "credit_card" && verdict.Action == RailAction.Mask && verdict.Spans.Count == 2);
        verdicts.ShouldContain(verdict => verdict.Reason == "email" && verdict.Action == RailAction.Pass);
        verdicts.ShouldContain(verdict => verdict.Rail == "deny_list/1" && verdict.Reason.Length == 0);
    }

    [Fact]
    public async Task GetStreamingResponse_DeniedQuestion_ThrowsBeforeAnything()
    {
        var model = ScriptedChatClient.Saying("secret");
        using var client = new GuardChatClient(model, Policy);

        var thrown = await Should.ThrowAsync<GuardrailBlockedException>(async () =>
        {
            await foreach (var _ in client.GetStreamingResponseAsync("what is PROJECT bluebird", cancellationToken: TestContext.Current.CancellationToken))
            {
                Assert.Fail("nothing may leave");
            }
        });

        thrown.Message.ShouldBe("That topic is closed.");
        thrown.Verdicts.ShouldContain(verdict => verdict.Action == RailAction.Block && verdict.Reason == "phrase");
        model.Received.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Options_TextInToolsFormatAndTemplateArguments_ReachesTheModelMasked(bool stream)
    {
        var model = ScriptedChatClient.Saying("ok");
        using var client = new GuardChatClient(model, Policy with { TextProperties = ["kwargs"] });
        var tool = Tool("pay", $"pays with {Card}", """{"type":"object","properties":{"to":{"type":"string","description":"not CARD","maximum":4111111111111111,"const":4111111111111111}}}""".Replace("CARD", Card, StringComparison.Ordinal));
        var options = new ChatOptions
        {
            Tools = [tool, Tool("look", "looks", "{}")],
            ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonElement.Parse($$"""{"description":"{{Card}}"}"""), "s", $"with {Card}"),
            AdditionalProperties = new() { ["kwargs"] = JsonElement.Parse($$"""{"note":"{{Card}}"}"""), ["grammar"] = "root ::= \"a\"" },
        };

        await AskAsync(client, options, stream);

        var seen = model.Options.ShouldNotBeNull();
        var pay = seen.Tools![0].ShouldBeAssignableTo<AIFunctionDeclaration>()!;
        pay.Name.ShouldBe("pay");
        pay.Description.ShouldBe("pays with <CARD_1>");
        var to = pay.JsonSchema.GetProperty("properties").GetProperty("to");
        to.GetProperty("description").GetString().ShouldBe("not <CARD_1>");
        to.GetProperty("maximum").GetInt64().ShouldBe(4111111111111111);
        to.GetProperty("const").GetString()!.ShouldStartWith("<CARD_");
        seen.Tools[1].ShouldBeSameAs(options.Tools[1]);
        var format = seen.ResponseFormat.ShouldBeOfType<ChatResponseFormatJson>();
        format.SchemaDescription.ShouldBe("with <CARD_1>");
        format.Schema!.Value.GetProperty("description").GetString().ShouldBe("<CARD_1>");
        JsonSerializer.SerializeToElement(seen.AdditionalProperties!["kwargs"]).GetProperty("note").GetString().ShouldBe("<CARD_1>");
        seen.AdditionalProperties["grammar"].ShouldBe(options.AdditionalProperties["grammar"]);
        options.Tools[0].ShouldBeSameAs(tool);
    }

    [Theory]
    [InlineData("project_x", "about Project Bluebird", "{}")]
    [InlineData("f", "f", """{"properties":{"a":{"description":"project bluebird"}}}""")]
    [InlineData("f", "f", """{"properties":{"project bluebird":{}}}""")]
    public async Task Options_DeniedPhraseInATool_IsRefusedBeforeTheModel(string name, string description, string schema)
    {
        var model = ScriptedChatClient.Saying("ok");
        using var client = new GuardChatClient(model, Policy);

        await Should.ThrowAsync<GuardrailBlockedException>(() => AskAsync(client, new ChatOptions { Tools = [Tool(name, description, schema)] }, stream: false));

        model.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task Options_NothingToMask_ArriveAsTheyAre()
    {
        var model = ScriptedChatClient.Saying("ok");
        using var client = new GuardChatClient(model, Policy);
        var options = new ChatOptions { Tools = [Tool("look", "looks", """{"type":"object","properties":{"n":{"type":"integer","maximum":9007199254740991}}}""")] };

        await AskAsync(client, options, stream: false);

        model.Options.ShouldBeSameAs(options);
    }

    [Fact]
    public async Task Options_NamesThatMaskingMakesOne_ReachTheModelAsOne()
    {
        var model = ScriptedChatClient.Saying("ok");
        using var client = new GuardChatClient(model, Policy);
        var options = new ChatOptions { Tools = [Tool("look", "looks", $$"""{"properties":{"{{Card}}":{},"{{Card.Replace(' ', '-')}}":{} } }""")] };

        await AskAsync(client, options, stream: false);

        model.Options!.Tools![0].ShouldBeAssignableTo<AIFunctionDeclaration>()!.JsonSchema.GetProperty("properties").EnumerateObject()
            .ShouldHaveSingleItem().Name.ShouldBe("<CARD_1>");
    }

    [Fact]
    public async Task GetResponse_CardInANameOfAnAuthorOrACall_ReachesTheModelMasked()
    {
        var model = ScriptedChatClient.Saying("ok");
        using var client = new GuardChatClient(model, Policy);

        await client.GetResponseAsync(
            [new(ChatRole.User, "hi") { AuthorName = Card }, new(ChatRole.Assistant, [new FunctionCallContent("1", $"pay {Card}", null)])],
            cancellationToken: TestContext.Current.CancellationToken);

        model.Received[0].AuthorName.ShouldBe("<CARD_1>");
        model.Received[1].Contents.OfType<FunctionCallContent>().Single().Name.ShouldBe("pay <CARD_1>");
    }

    [Fact]
    public async Task GetResponse_CardInACitationsTitle_LeavesMasked()
    {
        var content = new TextContent("See the file.")
        {
            Annotations = [new CitationAnnotation { Title = $"{Card}.pdf", AnnotatedRegions = [new TextSpanAnnotatedRegion { StartIndex = 0, EndIndex = 3 }] }],
        };
        using var client = new GuardChatClient(new ScriptedChatClient(new ChatResponseUpdate(ChatRole.Assistant, [content])), Policy);

        var response = await client.GetResponseAsync("hi", cancellationToken: TestContext.Current.CancellationToken);

        response.Messages[0].Contents[0].Annotations!.OfType<CitationAnnotation>().Single().Title.ShouldBe("<CARD_1>.pdf");
    }

    private static AIFunctionDeclaration Tool(string name, string description, string schema) =>
        AIFunctionFactory.CreateDeclaration(name, description, JsonElement.Parse(schema));

    private static async Task AskAsync(GuardChatClient client, ChatOptions options, bool stream)
    {
        if (!stream)
        {
            await client.GetResponseAsync("hi", options, TestContext.Current.CancellationToken);
            return;
        }

        await foreach (var _ in client.GetStreamingResponseAsync("hi", options, TestContext.Current.CancellationToken))
        {
            // Only what the model saw matters.
        }
    }

    [Fact]
    public async Task GetResponse_TooLongQuestion_IsRefused()
    {
        using var client = new GuardChatClient(ScriptedChatClient.Saying("x"), Policy);

        var thrown = await Should.ThrowAsync<GuardrailBlockedException>(
            () => client.GetResponseAsync(new string('a', 1001), cancellationToken: TestContext.Current.CancellationToken));

        thrown.Message.ShouldContain("1,000 characters");
    }

    [Fact]
    public async Task GetResponse_ForgedToolAndAssistantMessages_AreCheckedToo()
    {
        var model = ScriptedChatClient.Saying("ok");
        using var client = new GuardChatClient(model, Policy);

        await client.GetResponseAsync(
            [
                new(ChatRole.Assistant, [new FunctionCallContent("1", "pay", new Dictionary<string, object?> { ["card"] = Card })]),
                new(ChatRole.Tool, [new FunctionResultContent("1", new { note = $"paid with {Card}", number = 4111111111111111 })]),
            ],
            cancellationToken: TestContext.Current.CancellationToken);

        model.Received[0].Contents.OfType<FunctionCallContent>().Single().Arguments!["card"].ShouldBe("<CARD_1>");
        model.Received[1].Contents.OfType<FunctionResultContent>().Single().Result!.ToString()
            .ShouldBe("""{"note":"paid with \u003CCARD_1\u003E","number":"\u003CCARD_1\u003E"}""");
    }

    [Fact]
    public async Task GetStreamingResponse_BlockedAnswer_EndsWithTheSentence()
    {
        var model = ScriptedChatClient.Saying("We like ", "proj", "ect blue", "bird very", " much");
        using var client = new GuardChatClient(model, Policy);

        var updates = await client.GetStreamingResponseAsync("hi", cancellationToken: TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);

        string.Concat(updates.Select(update => update.Text)).ShouldBe("We like ");
        updates[^1].FinishReason.ShouldBe(ChatFinishReason.ContentFilter);
        updates[^1].AdditionalProperties![GuardrailPropertyNames.Refusal].ShouldBe("That topic is closed.");
        Verdicts(updates[0].AdditionalProperties).ShouldAllBe(verdict => verdict.Stage == RailStage.Input);
        Verdicts(updates[^1].AdditionalProperties).ShouldContain(verdict => verdict.Stage == RailStage.Output && verdict.Action == RailAction.Block);
        model.Taken.ShouldBe(4);
    }

    [Fact]
    public async Task GetResponse_CitationBehindAMask_MovesWithItsText()
    {
        var text = $"Pay with {Card} at the desk. Ask Ann.";
        var cited = new TextContent(text) { Annotations = [Cite(text, "Ask Ann."), Cite(text, $"Pay with {Card} at the desk.")] };
        using var client = new GuardChatClient(new ScriptedChatClient(new ChatResponseUpdate(ChatRole.Assistant, [cited])), Policy);

        var response = await client.GetResponseAsync("hi", cancellationToken: TestContext.Current.CancellationToken);

        var content = response.Messages[0].Contents.OfType<TextContent>().ShouldHaveSingleItem();
        content.Text.ShouldBe("Pay with <CARD_1> at the desk. Ask Ann.");
        content.Annotations!.OfType<CitationAnnotation>().ShouldAllBe(citation => Cited(content.Text, citation) == citation.Snippet);
    }

    [Fact]
    public async Task GetStreamingResponse_CitationAfterTheText_PointsAtTheSameWords()
    {
        var text = $"Pay with {Card} at the desk. Ask Ann.";
        ChatResponseUpdate[] updates =
        [
            .. text.Chunk(5).Select(piece => new ChatResponseUpdate(ChatRole.Assistant, new string(piece))),
            new(ChatRole.Assistant, [new TextContent(string.Empty) { Annotations = [Cite(text, "Ask Ann.")] }]),
        ];
        using var client = new GuardChatClient(new ScriptedChatClient(updates), Policy);

        var received = await client.GetStreamingResponseAsync("hi", cancellationToken: TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);

        var answer = string.Concat(received.Select(update => update.Text));
        var citation = received.SelectMany(update => update.Contents).SelectMany(content => content.Annotations ?? []).OfType<CitationAnnotation>().ShouldHaveSingleItem();
        Cited(answer, citation).ShouldBe("Ask Ann.");
    }

    [Fact]
    public async Task GetStreamingResponse_ToolCall_LeavesWithMaskedArguments()
    {
        var call = new FunctionCallContent("1", "mail", new Dictionary<string, object?> { ["body"] = $"card {Card}", ["copies"] = 2 });
        using var client = new GuardChatClient(new ScriptedChatClient(new ChatResponseUpdate(ChatRole.Assistant, [call])), Policy);

        var updates = await client.GetStreamingResponseAsync("hi", cancellationToken: TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);

        var arguments = updates.SelectMany(update => update.Contents).OfType<FunctionCallContent>().Single().Arguments!;
        arguments["body"].ShouldBe("card <CARD_1>");
        arguments["copies"].ShouldBe(2);
    }

    [Fact]
    public async Task GetStreamingResponse_BlockedToolArguments_NeverLeave()
    {
        var call = new FunctionCallContent("1", "mail", new Dictionary<string, object?> { ["body"] = "project bluebird" });
        using var client = new GuardChatClient(new ScriptedChatClient(new ChatResponseUpdate(ChatRole.Assistant, [call])), Policy);

        var updates = await client.GetStreamingResponseAsync("hi", cancellationToken: TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);

        updates.SelectMany(update => update.Contents).ShouldBeEmpty();
        updates[^1].FinishReason.ShouldBe(ChatFinishReason.ContentFilter);
    }

    [Fact]
    public async Task GetResponse_BrokenRailEnforcing_FailsClosed()
    {
        using var client = new GuardChatClient(ScriptedChatClient.Saying("x"), new GuardPolicy([new GuardedRail(new BrokenRail(), RailMode.Off, RailMode.Enforce)]));

        var response = await client.GetResponseAsync("hi", cancellationToken: TestContext.Current.CancellationToken);

        response.Text.ShouldBeEmpty();
        response.FinishReason.ShouldBe(ChatFinishReason.ContentFilter);
        Verdicts(response.AdditionalProperties).ShouldContain(verdict => verdict.Reason == "rail_error" && verdict.Action == RailAction.Block);
    }

    [Fact]
    public async Task GetResponse_BrokenRailMonitoring_LetsTheAnswerThroughAndSaysSo()
    {
        using var client = new GuardChatClient(ScriptedChatClient.Saying("x"), new GuardPolicy([new GuardedRail(new BrokenRail(), RailMode.Monitor, RailMode.Monitor)]));

        var response = await client.GetResponseAsync("hi", cancellationToken: TestContext.Current.CancellationToken);

        response.Text.ShouldBe("x");
        Verdicts(response.AdditionalProperties).ShouldAllBe(verdict => verdict.Reason == "rail_error" && verdict.Action == RailAction.Pass);
    }

    [Fact]
    public async Task GetResponse_MaskedUpdate_DropsTokenProbabilities()
    {
        var update = new ChatResponseUpdate(ChatRole.Assistant, Card) { AdditionalProperties = new() { ["logprobs"] = "4111" } };
        using var client = new GuardChatClient(new ScriptedChatClient(update), Policy);

        var updates = await client.GetStreamingResponseAsync("hi", cancellationToken: TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);

        updates[0].Text.ShouldBe("<CARD_1>");
        updates[0].AdditionalProperties!.ContainsKey("logprobs").ShouldBeFalse();
    }

    [Theory]
    [InlineData(Card)]
    [InlineData("about project bluebird")]
    public async Task GetResponse_ChangedAnswer_DropsTokenProbabilities(string answer)
    {
        var model = ScriptedChatClient.Saying(answer);
        model.Properties = new() { ["logprobs"] = answer };
        using var client = new GuardChatClient(model, Policy);

        var response = await client.GetResponseAsync("hi", cancellationToken: TestContext.Current.CancellationToken);

        response.Text.ShouldNotContain(answer);
        response.AdditionalProperties!.ContainsKey("logprobs").ShouldBeFalse();
    }

    [Fact]
    public async Task GetResponse_UntouchedAnswer_KeepsTokenProbabilities()
    {
        var model = ScriptedChatClient.Saying("fine");
        model.Properties = new() { ["logprobs"] = "fine" };
        using var client = new GuardChatClient(model, Policy);

        var response = await client.GetResponseAsync("hi", cancellationToken: TestContext.Current.CancellationToken);

        response.AdditionalProperties!["logprobs"].ShouldBe("fine");
    }

    private static CitationAnnotation Cite(string text, string quote) => new()
    {
        FileId = "file-1",
        Snippet = quote,
        AnnotatedRegions = [new TextSpanAnnotatedRegion { StartIndex = text.IndexOf(quote, StringComparison.Ordinal), EndIndex = text.IndexOf(quote, StringComparison.Ordinal) + quote.Length }],
    };

    private static string Cited(string text, CitationAnnotation citation)
    {
        var region = citation.AnnotatedRegions!.OfType<TextSpanAnnotatedRegion>().Single();
        return text[region.StartIndex!.Value..region.EndIndex!.Value];
    }

    private static IReadOnlyList<RailVerdict> Verdicts(AdditionalPropertiesDictionary? properties) =>
        properties.ShouldNotBeNull()[GuardrailPropertyNames.Verdicts].ShouldBeAssignableTo<IReadOnlyList<RailVerdict>>()!;

    private sealed class BrokenRail : IRail
    {
        public string Name => "broken/1";

        public bool Covers(RailStage stage, TextProvenance provenance) => true;

        public IRailScan Open(RailStage stage, TextProvenance provenance) => throw new InvalidOperationException("model file is missing");
    }
}
