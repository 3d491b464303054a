using System.Text.Json;
using GenAI.Generation.Structured;
using Microsoft.Extensions.AI;

namespace GenAI.Generation.Tests.Structured;

public sealed class StructuredChatClientTests
{
    private const string NoTools = "{{ messages }}";
    private const string WithTools = "{{ tools }}<tool_call>";

    private static readonly AITool[] Tools =
    [
        AIFunctionFactory.CreateDeclaration("add", "Adds.", JsonElement.Parse("""{"type":"object","properties":{"a":{"type":"integer"}},"required":["a"]}""")),
        AIFunctionFactory.CreateDeclaration("now", "Time.", JsonElement.Parse("{}")),
    ];

    private static readonly ChatMessage[] Question = [new(ChatRole.User, "Hi")];

    [Fact]
    public async Task GetResponse_PlainRequest_IsLeftAlone()
    {
        using var model = new FakeChatClient(new TextContent("x"));
        var options = new ChatOptions { Temperature = 0.5f };

        await new StructuredChatClient(model, NoTools).GetResponseAsync(Question, options, TestContext.Current.CancellationToken);

        model.Options.ShouldBeSameAs(options);
        model.Messages.ShouldBe(Question);
    }

    [Fact]
    public async Task GetResponse_JsonSchema_BecomesGrammarAndHint()
    {
        using var model = new FakeChatClient(new TextContent("x"));
        var options = new ChatOptions { Temperature = 0.5f, ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonElement.Parse("""{"type":"object","properties":{"city":{"type":"string"}},"required":["city"],"additionalProperties":false}""")) };

        await new StructuredChatClient(model, NoTools).GetResponseAsync([new(ChatRole.System, "Be kind."), .. Question], options, TestContext.Current.CancellationToken);

        Matcher(model).Matches("""{"city": "Paris"}""").ShouldBeTrue();
        Matcher(model).Matches("Paris").ShouldBeFalse();
        model.Options!.Temperature.ShouldBe(0.5f);
        model.Messages.Count.ShouldBe(2);
        model.Messages[0].Text.ShouldStartWith("Be kind.");
        model.Messages[0].Text.ShouldContain("\"city\"");
        options.AdditionalProperties.ShouldBeNull();
    }

    [Fact]
    public async Task GetResponse_JsonObject_AllowsAnyObject()
    {
        using var model = new FakeChatClient(new TextContent("x"));

        await new StructuredChatClient(model, NoTools).GetResponseAsync(Question, new ChatOptions { ResponseFormat = ChatResponseFormat.Json }, TestContext.Current.CancellationToken);

        Matcher(model).Matches("""{"a":1}""").ShouldBeTrue();
        model.Messages[0].Role.ShouldBe(ChatRole.System);
    }

    [Theory]
    [InlineData(WithTools, "<tool_call>\n{\"name\": \"add\", \"arguments\": {\"a\": 1}}\n</tool_call>")]
    [InlineData(NoTools, "<tool_call>\n{\"name\": \"now\", \"arguments\": {}}\n</tool_call>")]
    [InlineData("{{ tools }}[TOOL_CALLS]", "[TOOL_CALLS][{\"name\": \"add\", \"arguments\": {\"a\": 1}}, {\"name\": \"now\", \"arguments\": {}}]")]
    [InlineData("{{ tools }}<parameter=x>", "<tool_call>\n{\"name\": \"add\", \"arguments\": {\"a\": 1}}\n</tool_call>")]
    [InlineData("{{ tools }}<｜tool▁calls▁begin｜>", "<tool_call>\n{\"name\": \"add\", \"arguments\": {\"a\": 1}}\n</tool_call>")]
    [InlineData("{{ tools }}<|channel|><|message|>", "<|channel|>commentary to=functions.add <|constrain|>json<|message|>{\"a\": 1}")]
    [InlineData("{{ tools }}<think>{# #}<tool_call>{{ '<think>' }}", "</think>\n\n<tool_call>\n{\"name\": \"add\", \"arguments\": {\"a\": 1}}\n</tool_call>")]
    [InlineData("{{ tools }}<|python_tag|>", "{\"name\": \"add\", \"parameters\": {\"a\": 1}}")]
    public async Task GetResponse_RequiredCall_GrammarHoldsWhatTheParserReads(string template, string output)
    {
        using var model = new FakeChatClient(new TextContent("x"));
        var options = new ChatOptions { Tools = Tools, ToolMode = ChatToolMode.RequireAny };

        await new StructuredChatClient(model, template).GetResponseAsync(Question, options, TestContext.Current.CancellationToken);

        Matcher(model).Matches(output).ShouldBeTrue();
        Matcher(model).Matches(output.Replace("add", "sub", StringComparison.Ordinal).Replace("now", "sub", StringComparison.Ordinal)).ShouldBeFalse();
        ParsedOutput.Of(OutputParsers.For(template)(options)!, [output]).ShouldAllBe(static part => part.StartsWith("call:", StringComparison.Ordinal));
        model.Messages[0].Text.Contains("Adds.", StringComparison.Ordinal).ShouldBe(template == NoTools);
    }

    [Fact]
    public async Task GetResponse_GrammarOfTheCaller_PassesAsItIsUnlessItIsEndlessWork()
    {
        using var model = new FakeChatClient(new TextContent("x"));
        using var client = new StructuredChatClient(model, NoTools);
        var options = new ChatOptions { AdditionalProperties = new() { [GenerationOptionNames.Grammar] = "root ::= \"yes\" | \"no\"" } };

        await client.GetResponseAsync(Question, options, TestContext.Current.CancellationToken);
        model.Options.ShouldBeSameAs(options);

        options.AdditionalProperties[GenerationOptionNames.Grammar] = "root ::= s\ns ::= \"a\" s \"t\" | \"a\" s \"u\" | \"b\"";
        (await Should.ThrowAsync<GenerationException>(() => client.GetResponseAsync(Question, options, TestContext.Current.CancellationToken)))
            .Failure.ShouldBe(GenerationFailure.InvalidRequest);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task GetResponse_ReasoningModelUnderAGrammar_DoesNotThink(bool required)
    {
        const string Template = "{{ tools }}<tool_call>{% if enable_thinking is not defined or enable_thinking %}<think>\n{% else %}<think>\n\n</think>\n\n{% endif %}";
        using var model = new FakeChatClient(new TextContent("x"));
        var options = required
            ? new ChatOptions { Tools = Tools, ToolMode = ChatToolMode.RequireAny, Reasoning = new ReasoningOptions { Effort = ReasoningEffort.High } }
            : new ChatOptions { ResponseFormat = ChatResponseFormat.Json };

        await new StructuredChatClient(model, Template).GetResponseAsync(Question, options, TestContext.Current.CancellationToken);

        model.Options!.Reasoning!.Effort.ShouldBe(ReasoningEffort.None);
        var output = required ? "<tool_call>\n{\"name\": \"now\", \"arguments\": {}}\n</tool_call>" : "{}";
        Matcher(model).Matches(output).ShouldBeTrue();
        ParsedOutput.Of(OutputParsers.For(Template)(model.Options)!, [output]).ShouldHaveSingleItem().ShouldStartWith(required ? "call:now" : "text:{}");
    }

    [Fact]
    public async Task GetResponse_JsonOfAHarmonyModel_StandsInItsFinalChannel()
    {
        using var model = new FakeChatClient(new TextContent("x"));

        await new StructuredChatClient(model, "<|channel|><|message|>").GetResponseAsync(Question, new ChatOptions { ResponseFormat = ChatResponseFormat.Json }, TestContext.Current.CancellationToken);

        Matcher(model).Matches("<|channel|>final<|message|>{\"a\": 1}").ShouldBeTrue();
        Matcher(model).Matches("{\"a\": 1}").ShouldBeFalse();
    }

    [Fact]
    public async Task GetResponse_RequiredFunction_AllowsThatOneOnce()
    {
        using var model = new FakeChatClient(new TextContent("x"));

        await new StructuredChatClient(model, WithTools).GetResponseAsync(Question, new ChatOptions { Tools = Tools, ToolMode = ChatToolMode.RequireSpecific("now") }, TestContext.Current.CancellationToken);

        const string Call = "<tool_call>\n{\"name\": \"now\", \"arguments\": {}}\n</tool_call>";
        Matcher(model).Matches(Call).ShouldBeTrue();
        Matcher(model).Matches(Call + "\n" + Call).ShouldBeFalse();
        Matcher(model).Matches(Call.Replace("now", "add", StringComparison.Ordinal)).ShouldBeFalse();
    }

    [Fact]
    public async Task GetResponse_FormatAndTools_AllowsEither()
    {
        using var model = new FakeChatClient(new TextContent("x"));

        await new StructuredChatClient(model, WithTools).GetResponseAsync(Question, new ChatOptions { Tools = Tools, ResponseFormat = ChatResponseFormat.Json }, TestContext.Current.CancellationToken);

        Matcher(model).Matches("""{"answer": 1}""").ShouldBeTrue();
        Matcher(model).Matches("<tool_call>\n{\"name\": \"now\", \"arguments\": {}}\n</tool_call>").ShouldBeTrue();
        Matcher(model).Matches("free text").ShouldBeFalse();
    }

    [Fact]
    public async Task GetResponse_BadRequests_SayWhatIsWrong()
    {
        using var model = new FakeChatClient(new TextContent("x"));
        using var client = new StructuredChatClient(model, WithTools);

        await FailsAsync(new ChatOptions { ToolMode = ChatToolMode.RequireAny }, "no function tools");
        await FailsAsync(new ChatOptions { Tools = Tools, ToolMode = ChatToolMode.RequireSpecific("sub") }, "'sub'");
        await FailsAsync(new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonElement.Parse("""{"type":"object","properties":{"a":{"not":{}}}}""")) }, "'not' at $.a");

        async Task FailsAsync(ChatOptions options, string words)
        {
            var e = await Should.ThrowAsync<GenerationException>(() => client.GetResponseAsync(Question, options, TestContext.Current.CancellationToken));
            e.Failure.ShouldBe(GenerationFailure.InvalidRequest);
            e.Message.ShouldContain(words);
        }
    }

    [Fact]
    public async Task GetResponse_OneCallAllowed_DropsTheOthers()
    {
        using var model = new FakeChatClient(ToolArguments.Call("1", "now", "{}"), ToolArguments.Call("2", "now", "{}"), new TextContent("x"));
        using var client = new StructuredChatClient(model, WithTools);
        var options = new ChatOptions { Tools = Tools, AllowMultipleToolCalls = false };

        var whole = await client.GetResponseAsync(Question, options, TestContext.Current.CancellationToken);
        var streamed = await client.GetStreamingResponseAsync(Question, options, TestContext.Current.CancellationToken).ToChatResponseAsync(TestContext.Current.CancellationToken);

        whole.Messages[0].Contents.OfType<FunctionCallContent>().Single().CallId.ShouldBe("1");
        streamed.Messages[0].Contents.OfType<FunctionCallContent>().Single().CallId.ShouldBe("1");
        streamed.Text.ShouldBe("x");
    }

    private static GbnfMatcher Matcher(FakeChatClient model) => new((string)model.Options!.AdditionalProperties![GenerationOptionNames.Grammar]!);
}
