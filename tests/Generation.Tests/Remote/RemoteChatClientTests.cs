using System.Text.Json;
using GenAI.Generation.Remote;
using Microsoft.Extensions.AI;

namespace GenAI.Generation.Tests.Remote;

public sealed class RemoteChatClientTests : IDisposable
{
    private readonly UpstreamServer _upstream = new();
    private readonly HttpClient _http = new();
    private readonly RemoteChatClient _client;

    public RemoteChatClientTests() => _client = new RemoteChatClient(
        _http,
        new RemoteModelOptions { Name = "here", UpstreamModel = "there", BaseUrl = _upstream.BaseUrl, ApiKey = "key" });

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _client.Dispose();
        _http.Dispose();
        _upstream.Dispose();
    }

    [Fact]
    public async Task GetResponse_Whole_MapsTextUsageAndFinish()
    {
        _upstream.Body = """
            {"id":"c1","object":"chat.completion","created":1,"model":"there","choices":[{"index":0,"message":{"role":"assistant","content":"Grüße","tool_calls":null},"logprobs":null,"finish_reason":"stop"}],
             "usage":{"prompt_tokens":9,"completion_tokens":7,"total_tokens":16,"prompt_tokens_details":{"cached_tokens":8}}}
            """;

        var response = await _client.GetResponseAsync("hi", cancellationToken: CancellationToken);

        response.Text.ShouldBe("Grüße");
        response.ModelId.ShouldBe("here");
        response.FinishReason.ShouldBe(ChatFinishReason.Stop);
        response.Usage!.InputTokenCount.ShouldBe(9);
        response.Usage.CachedInputTokenCount.ShouldBe(8);
        _upstream.LastAuthorization.ShouldBe("Bearer key");
    }

    [Fact]
    public async Task GetResponse_Options_ReachTheServerAsItKnowsThem()
    {
        _upstream.Body = """{"choices":[{"index":0,"message":{"content":"x"},"finish_reason":"stop"}]}""";
        var schema = JsonElement.Parse("""{"type":"object","properties":{"x":{"type":"number"}}}""");
        var options = new ChatOptions
        {
            Temperature = 0.7f,
            MaxOutputTokens = 5,
            Seed = 42,
            StopSequences = ["END"],
            Tools = [AIFunctionFactory.CreateDeclaration("f", "does f", schema)],
            ToolMode = ChatToolMode.RequireSpecific("f"),
            AllowMultipleToolCalls = false,
            AdditionalProperties = new() { [GenerationOptionNames.MinP] = 0.05, [GenerationOptionNames.Grammar] = "root ::= \"a\"" },
        };

        await _client.GetResponseAsync([new(ChatRole.System, "be brief"), new(ChatRole.User, "hi")], options, CancellationToken);

        using var sent = JsonDocument.Parse(_upstream.LastRequest!);
        var root = sent.RootElement;
        root.GetProperty("model").GetString().ShouldBe("there");
        root.GetProperty("messages")[0].GetProperty("role").GetString().ShouldBe("system");
        root.GetProperty("temperature").GetRawText().ShouldBe("0.7");
        root.GetProperty("max_tokens").GetInt32().ShouldBe(5);
        root.GetProperty("seed").GetInt64().ShouldBe(42);
        root.GetProperty("stop")[0].GetString().ShouldBe("END");
        root.GetProperty("min_p").GetDouble().ShouldBe(0.05);
        root.GetProperty("grammar").GetString().ShouldBe("root ::= \"a\"");
        root.GetProperty("tools")[0].GetProperty("function").GetProperty("parameters").GetRawText().ShouldBe(schema.GetRawText());
        root.GetProperty("tool_choice").GetProperty("function").GetProperty("name").GetString().ShouldBe("f");
        root.GetProperty("parallel_tool_calls").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task GetResponse_ToolRoundTrip_KeepsTheModelsOwnArguments()
    {
        _upstream.Body = """{"choices":[{"index":0,"message":{"content":null,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"f","arguments":"{\"x\": 1.0}"}}]},"finish_reason":"tool_calls"}]}""";
        var first = await _client.GetResponseAsync("hi", cancellationToken: CancellationToken);
        var call = first.Messages[0].Contents.OfType<FunctionCallContent>().ShouldHaveSingleItem();

        await _client.GetResponseAsync(
            [new(ChatRole.User, "hi"), first.Messages[0], new(ChatRole.Tool, [new FunctionResultContent(call.CallId, "ok")])],
            cancellationToken: CancellationToken);

        using var sent = JsonDocument.Parse(_upstream.LastRequest!);
        var messages = sent.RootElement.GetProperty("messages");
        messages[1].GetProperty("tool_calls")[0].GetProperty("function").GetProperty("arguments").GetString().ShouldBe("{\"x\": 1.0}");
        messages[1].GetProperty("content").ValueKind.ShouldBe(JsonValueKind.Null);
        messages[2].GetProperty("role").GetString().ShouldBe("tool");
        messages[2].GetProperty("tool_call_id").GetString().ShouldBe("call_1");
    }

    [Fact]
    public async Task GetStreamingResponse_GoldenToolTurn_GivesOneWholeCallAndUsage()
    {
        _upstream.Body = """
            data: {"id":"c","choices":[{"index":0,"delta":{"role":"assistant","content":null},"finish_reason":null}],"usage":null}

            : ping

            data: {"id":"c","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"f","arguments":""}}]},"finish_reason":null}]}

            data: {"id":"c","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"x\""}}]},"finish_reason":null}]}

            data: {"id":"c","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":":1}"}}]},"finish_reason":null}]}

            data: {"id":"c","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}

            data: {"id":"c","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":7,"total_tokens":16}}

            data: [DONE]


            """;

        var updates = await CollectAsync();

        updates[0].Role.ShouldBe(ChatRole.Assistant);
        var last = updates[^1];
        last.FinishReason.ShouldBe(ChatFinishReason.ToolCalls);
        var call = last.Contents.OfType<FunctionCallContent>().ShouldHaveSingleItem();
        call.CallId.ShouldBe("call_1");
        call.Name.ShouldBe("f");
        ToolArguments.Json(call).ShouldBe("{\"x\":1}");
        last.Contents.OfType<UsageContent>().ShouldHaveSingleItem().Details.OutputTokenCount.ShouldBe(7);
    }

    [Fact]
    public async Task GetResponse_CallCutByLength_IsNotReportedAsACall()
    {
        _upstream.Body = """
            {"choices":[{"index":0,"message":{"content":"I will","tool_calls":[{"id":"a","type":"function","function":{"name":"pay","arguments":"{\"amount\":1"}}]},"finish_reason":"length"}]}
            """;

        var response = await _client.GetResponseAsync("hi", cancellationToken: CancellationToken);

        response.FinishReason.ShouldBe(ChatFinishReason.Length);
        response.Messages.ShouldHaveSingleItem().Contents.ShouldHaveSingleItem().ShouldBeOfType<TextContent>().Text.ShouldBe("I will");
    }

    [Fact]
    public async Task GetStreamingResponse_CallCutByLength_IsNotReportedAsACall()
    {
        _upstream.Body = """
            data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"call_1","function":{"name":"f","arguments":"{\"x\""}}]},"finish_reason":null}]}

            data: {"choices":[{"index":0,"delta":{},"finish_reason":"length"}]}

            data: [DONE]


            """;

        var last = (await CollectAsync())[^1];

        last.FinishReason.ShouldBe(ChatFinishReason.Length);
        last.Contents.OfType<FunctionCallContent>().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task GetStreamingResponse_BrokenOff_IsAFailureAndNotAStop(bool cut)
    {
        _upstream.Cut = cut;
        _upstream.Body = """
            data: {"choices":[{"index":0,"delta":{"content":"half an ans"},"finish_reason":null}]}


            """;

        var failure = await Should.ThrowAsync<GenerationException>(CollectAsync);

        failure.Failure.ShouldBe(GenerationFailure.Upstream);
        failure.Message.ShouldContain("broke off");
    }

    [Fact]
    public async Task GetStreamingResponse_ErrorMidStream_IsAFailure()
    {
        _upstream.Body = """
            data: {"error":{"message":"out of memory","type":"server_error","code":500}}


            """;

        (await Should.ThrowAsync<GenerationException>(CollectAsync)).Message.ShouldContain("out of memory");
    }

    [Theory]
    [InlineData(429, """{"error":{"message":"slow down","code":429}}""", GenerationFailure.Busy)]
    [InlineData(400, """{"error":{"message":"too long","code":"context_length_exceeded"}}""", GenerationFailure.ContextLengthExceeded)]
    [InlineData(400, """{"error":{"message":"too long","type":"exceed_context_size_error","code":400}}""", GenerationFailure.ContextLengthExceeded)]
    [InlineData(400, """{"error":{"message":"bad schema"}}""", GenerationFailure.InvalidRequest)]
    [InlineData(502, "<html>bad gateway</html>", GenerationFailure.Upstream)]
    [InlineData(500, """{"detail":"x"}""", GenerationFailure.Upstream)]
    public async Task GetResponse_Refusal_TellsItsKind(int status, string body, GenerationFailure expected)
    {
        _upstream.Status = status;
        _upstream.Body = body;

        var failure = await Should.ThrowAsync<GenerationException>(() => _client.GetResponseAsync("hi", cancellationToken: CancellationToken));

        failure.Failure.ShouldBe(expected);
        failure.UpstreamStatus.ShouldBe(status);
    }

    [Fact]
    public async Task GetResponse_NobodyListens_SaysWhatToCheck()
    {
        using var client = new RemoteChatClient(_http, new RemoteModelOptions { Name = "gone", BaseUrl = new Uri("http://127.0.0.1:9/v1") });

        (await Should.ThrowAsync<GenerationException>(() => client.GetResponseAsync("hi", cancellationToken: CancellationToken)))
            .Message.ShouldContain("cannot be reached");
    }

    [Fact]
    public async Task Embeddings_OutOfOrder_ComeBackInOrder()
    {
        _upstream.Body = """{"data":[{"index":1,"embedding":[0,1]},{"index":0,"embedding":[1,0]}],"usage":{"prompt_tokens":4,"total_tokens":4}}""";
        using var generator = new RemoteEmbeddingGenerator(_http, new RemoteModelOptions { Name = "e", BaseUrl = _upstream.BaseUrl });

        var vectors = await generator.GenerateAsync(["a", "b"], cancellationToken: CancellationToken);

        vectors[0].Vector.ToArray().ShouldBe([1f, 0f]);
        vectors[1].Vector.ToArray().ShouldBe([0f, 1f]);
        vectors.Usage!.InputTokenCount.ShouldBe(4);
    }

    [Fact]
    public async Task Embeddings_TooFewVectors_IsAFailure()
    {
        _upstream.Body = """{"data":[{"index":0,"embedding":[1,0]}]}""";
        using var generator = new RemoteEmbeddingGenerator(_http, new RemoteModelOptions { Name = "e", BaseUrl = _upstream.BaseUrl });

        await Should.ThrowAsync<GenerationException>(() => generator.GenerateAsync(["a", "b"], cancellationToken: CancellationToken));
    }

    private async Task<List<ChatResponseUpdate>> CollectAsync()
    {
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in _client.GetStreamingResponseAsync("hi", cancellationToken: CancellationToken))
        {
            updates.Add(update);
        }

        return updates;
    }
}
