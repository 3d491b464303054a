using System.Text.Json;
using GenAI.Generation.Llama;
using GenAI.Generation.Structured;
using GenAI.Generation.Templates;
using GenAI.Generation.Tests.Llama;
using Microsoft.Extensions.AI;

namespace GenAI.Generation.Tests.Structured;

/// <summary>The whole way with the real engine: grammars that it takes, and a weak model that keeps to them.</summary>
[Collection(LlamaCollection.Name)]
public sealed class StructuredGenerationTests : IAsyncLifetime
{
    private readonly LlamaEngine _engine;
    private readonly StructuredChatClient _client;

    public StructuredGenerationTests(StarterModels models)
    {
        var source = models.Chat.ChatTemplate!;
        _engine = new LlamaEngine(models.Chat, new LlamaEngineOptions { ContextTokens = 2048, Threads = 1 });
        var template = new JinjaChatTemplate(source, models.Chat.BosText, models.Chat.EosText);
        _client = new StructuredChatClient(new LlamaChatClient(_engine, template, new LlamaChatClientOptions { OutputParser = OutputParsers.For(source) }), source);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _engine.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(JsonSchemaGrammarTests.Schemas), MemberType = typeof(JsonSchemaGrammarTests))]
    public void CreateGrammar_EverySchema_IsTakenByTheEngine(string schema)
    {
        using var grammar = _engine.CreateGrammar(JsonSchemaGrammar.Compile(JsonElement.Parse(schema), new JsonSchemaGrammarOptions { AllowUnlistedProperties = true }));

        grammar.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("""{"type":"object","properties":{"name":{"type":"string","maxLength":20},"age":{"type":"integer","minimum":0,"maximum":130},"tags":{"type":"array","items":{"enum":["a","b"]},"minItems":1,"maxItems":3}},"required":["name","age","tags"],"additionalProperties":false}""")]
    [InlineData("""{"type":"object","properties":{"born":{"type":"string","format":"date"},"ratio":{"type":"number","minimum":0,"maximum":1},"code":{"type":"string","pattern":"^[A-Z]{3}-\\d{2}$"}},"required":["born","ratio","code"],"additionalProperties":false}""")]
    public async Task GetResponse_Schema_AnswerFollowsIt(string schema)
    {
        var element = JsonElement.Parse(schema);
        var matcher = new GbnfMatcher(JsonSchemaGrammar.Compile(element));
        for (var seed = 0; seed < 2; seed++)
        {
            var options = new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(element), MaxOutputTokens = 140, Temperature = 1.2f, Seed = seed };

            var response = await _client.GetResponseAsync("Describe a person.", options, Token);

            response.FinishReason.ShouldBe(ChatFinishReason.Stop);
            matcher.Matches(response.Text).ShouldBeTrue(response.Text);
            JsonElement.Parse(response.Text).ValueKind.ShouldBe(JsonValueKind.Object);
        }
    }

    [Fact]
    public async Task GetResponse_RequiredTool_IsCalledWithValidArguments()
    {
        var tool = AIFunctionFactory.CreateDeclaration("get_weather", "Weather of a city.", JsonElement.Parse("""{"type":"object","properties":{"city":{"type":"string","maxLength":30},"days":{"type":"integer","minimum":1,"maximum":7}},"required":["city"]}"""));
        var options = new ChatOptions { Tools = [tool], ToolMode = ChatToolMode.RequireSpecific("get_weather"), MaxOutputTokens = 80, Temperature = 0 };

        var response = await _client.GetResponseAsync("What is the weather in Paris?", options, Token);

        var call = response.Messages.SelectMany(static m => m.Contents).OfType<FunctionCallContent>().Single();
        call.Name.ShouldBe("get_weather");
        call.Arguments.ShouldNotBeNull()["city"].ShouldBeOfType<JsonElement>().ValueKind.ShouldBe(JsonValueKind.String);
        response.Text.ShouldBeEmpty();
    }
}
