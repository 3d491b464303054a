using System.Text.Json;
using GenAI.Gateway.Tests.Support;
using GenAI.Generation;
using GenAI.Guardrails;
using Microsoft.Extensions.AI;

namespace GenAI.Gateway.Tests.Chat;

public sealed class ChatStreamTests
{
    private const string Path = "/v1/chat/completions";

    [Fact]
    public async Task Stream_PlainAnswer_IsTheGoldenTranscript()
    {
        await using var gateway = await TestGateway.StartAsync(new FakeChatClient());

        var response = await gateway.Http.PostAsync(Path, Request("\"stream_options\":{\"include_usage\":true}"));

        response.Status.ShouldBe(200);
        response.Header("Content-Type").ShouldBe("text/event-stream; charset=utf-8");
        response.Header("Cache-Control").ShouldBe("no-cache, no-transform");
        response.Header("X-Accel-Buffering").ShouldBe("no");
        response.Header("Content-Encoding").ShouldBe("");
        response.Header("x-request-id").ShouldStartWith("req_");
        response.Header("openai-processing-ms").ShouldNotBeEmpty();
        response.Header("x-genai-model").ShouldBe("m");

        var id = response.Chunks[0].GetProperty("id").GetString()!;
        var created = response.Chunks[0].GetProperty("created").GetInt64();
        var print = response.Chunks[0].GetProperty("system_fingerprint").GetString()!;
        var head = $$"""data: {"id":"{{id}}","object":"chat.completion.chunk","created":{{created}},"model":"m","system_fingerprint":"{{print}}","choices":[""";
        response.Events.ShouldBe([
            head + """{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}],"usage":null}""",
            head + """{"index":0,"delta":{"content":"Hello"},"logprobs":null,"finish_reason":null}],"usage":null}""",
            head + """{"index":0,"delta":{"content":" world"},"logprobs":null,"finish_reason":null}],"usage":null}""",
            head + """{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}],"usage":null}""",
            head + """],"usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11,"prompt_tokens_details":{"cached_tokens":8,"cache_write_tokens":0,"audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":0,"audio_tokens":0,"accepted_prediction_tokens":0,"rejected_prediction_tokens":0}}}""",
            "data: [DONE]",
        ]);
    }

    [Fact]
    public async Task Stream_WithoutIncludeUsage_HasAChoiceInEveryChunkAndNoUsage()
    {
        await using var gateway = await TestGateway.StartAsync(new FakeChatClient());

        var response = await gateway.Http.PostAsync(Path, Request());

        response.Chunks.ShouldAllBe(chunk => chunk.GetProperty("choices").GetArrayLength() == 1);
        response.Chunks.Any(chunk => chunk.TryGetProperty("usage", out _)).ShouldBeFalse();
        response.Events[^1].ShouldBe("data: [DONE]");
    }

    [Fact]
    public async Task Stream_ToolCalls_SendIdAndNameOnceAndIndexFromZero()
    {
        var model = new FakeChatClient
        {
            OnStream = (_, _, _) => FakeChatClient.StreamAsync(
                new ChatResponseUpdate(ChatRole.Assistant, [ToolArguments.Call("call_1", "f", "{\"x\": 1}"), ToolArguments.Call("call_2", "g", "")]),
                FakeChatClient.End(ChatFinishReason.ToolCalls)),
        };
        await using var gateway = await TestGateway.StartAsync(model);

        var response = await gateway.Http.PostAsync(Path, Request("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]"));

        var deltas = response.Chunks.Select(chunk => chunk.GetProperty("choices")[0].GetProperty("delta").GetRawText()).ToList();
        deltas.ShouldBe([
            """{"role":"assistant","content":""}""",
            """{"tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"f","arguments":""}}]}""",
            """{"tool_calls":[{"index":0,"function":{"arguments":"{\"x\": 1}"}}]}""",
            """{"tool_calls":[{"index":1,"id":"call_2","type":"function","function":{"name":"g","arguments":""}}]}""",
            """{"tool_calls":[{"index":1,"function":{"arguments":"{}"}}]}""",
            "{}",
        ]);
        FinishOf(response).ShouldBe("tool_calls");
    }

    [Fact]
    public async Task Stream_TruncatedAfterAToolCall_EndsWithLength()
    {
        var model = new FakeChatClient
        {
            OnStream = (_, _, _) => FakeChatClient.StreamAsync(
                new ChatResponseUpdate(ChatRole.Assistant, [ToolArguments.Call("call_1", "f", "{}")]),
                FakeChatClient.End(ChatFinishReason.Length)),
        };
        await using var gateway = await TestGateway.StartAsync(model);

        FinishOf(await gateway.Http.PostAsync(Path, Request())).ShouldBe("length");
    }

    [Fact]
    public async Task Stream_ParallelToolCallsForbidden_SendsOneCall()
    {
        var model = new FakeChatClient
        {
            OnStream = (_, _, _) => FakeChatClient.StreamAsync(
                new ChatResponseUpdate(ChatRole.Assistant, [ToolArguments.Call("call_1", "f", "{}"), ToolArguments.Call("call_2", "f", "{}")]),
                FakeChatClient.End(ChatFinishReason.ToolCalls)),
        };
        await using var gateway = await TestGateway.StartAsync(model);

        var response = await gateway.Http.PostAsync(Path, Request("\"parallel_tool_calls\":false"));

        response.Body.ShouldContain("call_1");
        response.Body.ShouldNotContain("call_2");
    }

    [Fact]
    public async Task Stream_Reasoning_StaysOutOfContent()
    {
        var model = new FakeChatClient
        {
            OnStream = (_, _, _) => FakeChatClient.StreamAsync(
                new ChatResponseUpdate(ChatRole.Assistant, [new TextReasoningContent("hm")]),
                FakeChatClient.Text("yes"),
                FakeChatClient.End(ChatFinishReason.Stop)),
        };
        await using var gateway = await TestGateway.StartAsync(model);

        var response = await gateway.Http.PostAsync(Path, Request());

        ContentOf(response).ShouldBe("yes");
        response.Body.ShouldContain("""{"reasoning_content":"hm"}""");
    }

    [Fact]
    public async Task Stream_SplitSurrogatePair_LeavesWhole()
    {
        var model = new FakeChatClient { OnStream = (_, _, _) => FakeChatClient.SayAsync("a\uD83D", "\uDE00b") };
        await using var gateway = await TestGateway.StartAsync(model);

        var response = await gateway.Http.PostAsync(Path, Request());

        ContentOf(response).ShouldBe("a\U0001F600b");
        response.Body.ShouldNotContain("\uFFFD");
    }

    [Fact]
    public async Task Stream_SeveralChoices_AppearInOrderAndInterleaveByIndex()
    {
        await using var gateway = await TestGateway.StartAsync(new FakeChatClient());

        var response = await gateway.Http.PostAsync(Path, Request("\"n\":3,\"stream_options\":{\"include_usage\":true}"));

        var choices = response.Chunks.Where(chunk => chunk.GetProperty("choices").GetArrayLength() > 0).Select(chunk => chunk.GetProperty("choices")[0]).ToList();
        choices.Select(choice => choice.GetProperty("index").GetInt32()).Distinct().ShouldBe([0, 1, 2]);
        choices.Take(3).All(choice => choice.GetProperty("delta").TryGetProperty("role", out _)).ShouldBeTrue();
        for (var index = 0; index < 3; index++)
        {
            var own = choices.Where(choice => choice.GetProperty("index").GetInt32() == index).ToList();
            string.Concat(own.Select(TextOf)).ShouldBe("Hello world");
            own.Count(choice => choice.GetProperty("finish_reason").ValueKind == JsonValueKind.String).ShouldBe(1);
        }

        response.Chunks[^1].GetProperty("usage").GetProperty("completion_tokens").GetInt32().ShouldBe(6);
        response.Chunks[^1].GetProperty("usage").GetProperty("prompt_tokens").GetInt32().ShouldBe(9);
    }

    [Fact]
    public async Task Stream_OneChoiceRefusedBeforeTheFirstByte_IsAStatus()
    {
        var calls = 0;
        var model = new FakeChatClient
        {
            OnStream = (_, _, _) => Interlocked.Increment(ref calls) == 2
                ? throw new GenerationException(GenerationFailure.Busy, "The queue is full; try again shortly.")
                : FakeChatClient.SayAsync("x"),
        };
        await using var gateway = await TestGateway.StartAsync(model);

        var response = await gateway.Http.PostAsync(Path, Request("\"n\":2"));

        response.Status.ShouldBe(429);
        response.Error.GetProperty("code").GetString().ShouldBe("server_busy");
    }

    [Fact]
    public async Task Stream_Citations_ComeOnceInTheLastContentDelta()
    {
        var model = new FakeChatClient { OnStream = (_, _, _) => CitedAsync() };
        await using var gateway = await TestGateway.StartAsync(model);

        var streamed = await gateway.Http.PostAsync(Path, Request());
        var whole = await gateway.Http.PostAsync(Path, Request().Replace("\"stream\":true", "\"stream\":false", StringComparison.Ordinal));

        var carriers = streamed.Chunks.Where(chunk => chunk.GetProperty("choices")[0].GetProperty("delta").TryGetProperty("annotations", out _)).ToList();
        carriers.Count.ShouldBe(1);
        var annotations = carriers[0].GetProperty("choices")[0].GetProperty("delta").GetProperty("annotations").GetRawText();
        annotations.ShouldBe("""[{"type":"file_citation","file_citation":{"file_id":"file-1","filename":"a.md","quote":"the sky is blue","start_index":0,"end_index":12,"page":3}}]""");
        whole.Json.GetProperty("choices")[0].GetProperty("message").GetProperty("annotations").GetRawText().ShouldBe(annotations);
        whole.Json.GetProperty("x_answer_policy").GetString().ShouldBe("extractive");
        streamed.Chunks[0].GetProperty("x_answer_policy").GetString().ShouldBe("extractive");
        streamed.Header("x-genai-answer-policy").ShouldBe("extractive");
        whole.Header("x-genai-answer-policy").ShouldBe("extractive");

        static IAsyncEnumerable<ChatResponseUpdate> CitedAsync()
        {
            var text = new TextContent("It is blue.")
            {
                Annotations =
                [
                    new CitationAnnotation
                    {
                        FileId = "file-1",
                        Title = "a.md",
                        Snippet = "the sky is blue",
                        AnnotatedRegions = [new TextSpanAnnotatedRegion { StartIndex = 0, EndIndex = 12 }],
                        AdditionalProperties = new AdditionalPropertiesDictionary { ["page"] = 3 },
                    },
                ],
            };
            var properties = new AdditionalPropertiesDictionary { ["answer_policy"] = "extractive" };
            return UpdatesAsync(
                new ChatResponseUpdate(ChatRole.Assistant, [text]) { AdditionalProperties = properties },
                FakeChatClient.End(ChatFinishReason.Stop));
        }
    }

    [Fact]
    public async Task Stream_FailureAfterTheFirstByte_IsANestedErrorEvent()
    {
        var model = new FakeChatClient { OnStream = (_, _, _) => BrokenAsync() };
        await using var gateway = await TestGateway.StartAsync(model);

        var response = await gateway.Http.PostAsync(Path, Request());

        response.Status.ShouldBe(200);
        response.Events[^1].ShouldBe("data: [DONE]");
        response.Chunks[^1].GetProperty("error").GetProperty("code").GetString().ShouldBe("engine_error");
        response.Chunks.SkipLast(1).Any(chunk => chunk.TryGetProperty("error", out _)).ShouldBeFalse();

        static async IAsyncEnumerable<ChatResponseUpdate> BrokenAsync()
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, []);
            yield return FakeChatClient.Text("half");
            await Task.Yield();
            throw new GenerationException(GenerationFailure.Engine, "The engine failed.");
        }
    }

    [Fact]
    public async Task Stream_ModelEndsWithoutAFinishReason_IsAnErrorAndNoMadeUpStop()
    {
        var model = new FakeChatClient { OnStream = (_, _, _) => UpdatesAsync(FakeChatClient.Text("half")) };
        await using var gateway = await TestGateway.StartAsync(model);

        var response = await gateway.Http.PostAsync(Path, Request());

        response.Body.ShouldNotContain("\"finish_reason\":\"stop\"");
        response.Chunks[^1].GetProperty("error").GetProperty("code").GetString().ShouldBe("upstream_error");
    }

    [Fact]
    public async Task Stream_RailCutsTheAnswer_RefusesInTheSameMessage()
    {
        var model = new FakeChatClient
        {
            OnStream = (_, _, _) => UpdatesAsync(
                FakeChatClient.Text("The code is "),
                new ChatResponseUpdate(ChatRole.Assistant, [])
                {
                    FinishReason = ChatFinishReason.ContentFilter,
                    AdditionalProperties = new AdditionalPropertiesDictionary { [GuardrailPropertyNames.Refusal] = "I cannot share that." },
                }),
        };
        await using var gateway = await TestGateway.StartAsync(model);

        var response = await gateway.Http.PostAsync(Path, Request());

        response.Chunks.Count(chunk => chunk.GetProperty("choices")[0].GetProperty("delta").TryGetProperty("role", out _)).ShouldBe(1);
        response.Body.ShouldContain("""{"refusal":"I cannot share that."}""");
        FinishOf(response).ShouldBe("content_filter");
        response.Events[^1].ShouldBe("data: [DONE]");
    }

    [Fact]
    public async Task Stream_LogProbs_StandWithTheirText()
    {
        var tokens = new List<TokenLogProb> { new("Hi", -0.5, "Hi"u8.ToArray(), [new("Ho", -1.5, "Ho"u8.ToArray(), [])]) };
        var model = new FakeChatClient
        {
            OnStream = (_, _, _) => UpdatesAsync(
                new ChatResponseUpdate(ChatRole.Assistant, "Hi") { AdditionalProperties = new AdditionalPropertiesDictionary { [GenerationOptionNames.LogProbs] = tokens } },
                FakeChatClient.End(ChatFinishReason.Stop)),
        };
        await using var gateway = await TestGateway.StartAsync(model);

        var response = await gateway.Http.PostAsync(Path, Request("\"logprobs\":true,\"top_logprobs\":1"));

        response.Chunks[1].GetProperty("choices")[0].GetProperty("logprobs").GetRawText().ShouldBe(
            """{"content":[{"token":"Hi","logprob":-0.5,"bytes":[72,105],"top_logprobs":[{"token":"Ho","logprob":-1.5,"bytes":[72,111]}]}],"refusal":null}""");
        model.Calls[0].Options!.AdditionalProperties![GenerationOptionNames.TopLogProbs].ShouldBe(1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Stream_FirstUpdateLongInComing_HeartbeatsMeanwhile(int choices)
    {
        var release = new TaskCompletionSource();
        var model = new FakeChatClient { OnStream = (_, _, _) => ThinkAsync(release.Task) };
        await using var gateway = await TestGateway.StartAsync(model, new() { ["Streaming:Heartbeat"] = "00:00:00.040" });

        using var connection = await gateway.Http.OpenAsync("POST", Path, Request($"\"n\":{choices}"));
        await connection.ReadUntilAsync(": ping\n\n");
        release.SetResult();
        var seen = await connection.ReadUntilAsync("data: [DONE]\n\n");

        seen.ShouldContain("\"content\":\"At last\"");
        seen.Split("\"role\":\"assistant\"").Length.ShouldBe(choices + 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Stream_ClientLeavesBeforeTheFirstUpdate_StopsTheModel(int choices)
    {
        var stopped = new TaskCompletionSource();
        var model = new FakeChatClient { OnStream = (_, _, token) => ThinkAsync(Task.Delay(Timeout.Infinite, token), stopped) };
        await using var gateway = await TestGateway.StartAsync(model, new() { ["Streaming:Heartbeat"] = "00:00:00.040" });

        using var connection = await gateway.Http.OpenAsync("POST", Path, Request($"\"n\":{choices}"));
        await connection.ReadUntilAsync(": ping\n\n");
        connection.Reset();

        await stopped.Task.WaitAsync(Deadline.Token);
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> ThinkAsync(Task thought, TaskCompletionSource? stopped = null)
    {
        try
        {
            await thought;
        }
        finally
        {
            stopped?.TrySetResult();
        }

        yield return FakeChatClient.Text("At last");
        yield return FakeChatClient.End(ChatFinishReason.Stop);
    }

    [Fact]
    public async Task Stream_Silence_IsFilledWithCommentsAndThenAnEmptyChunk()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var model = new FakeChatClient { OnStream = (_, _, token) => WaitingAsync(release.Task, token) };
        var settings = new Dictionary<string, string?> { ["Streaming:Heartbeat"] = "00:00:00.040", ["Streaming:EmptyChunk"] = "00:00:00.300" };
        await using var gateway = await TestGateway.StartAsync(model, settings);

        using var connection = await gateway.Http.OpenAsync("POST", Path, Request());
        await connection.ReadUntilAsync(": ping\n\n");
        var seen = await connection.ReadUntilAsync("\"delta\":{\"content\":\"\"}");
        release.SetResult();
        seen = await connection.ReadUntilAsync("data: [DONE]\n\n");

        seen.ShouldNotContain("\nid:");
        seen.ShouldNotContain("\nevent:");
        seen.ShouldNotContain("\nretry:");
        seen.IndexOf(": ping", StringComparison.Ordinal).ShouldBeGreaterThan(seen.IndexOf("\"role\":\"assistant\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stream_TwentyFiveClientsLeave_EachGenerationIsCancelledAndBilled()
    {
        const int Clients = 25;
        using var cancelled = new CountdownEvent(Clients);
        var model = new FakeChatClient { OnStream = (_, _, token) => EndlessAsync(cancelled, token) };
        await using var gateway = await TestGateway.StartAsync(model);

        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
        {
            var connection = await gateway.Http.OpenAsync("POST", Path, Request());
            await connection.ReadUntilAsync("\"role\"");
            connection.Reset();
        }));

        cancelled.Wait(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken).ShouldBeTrue("a generation went on without its client");
        await gateway.StopAsync();
        var lines = gateway.AuditLines().Select(line => JsonDocument.Parse(line).RootElement).ToList();
        lines.Count.ShouldBe(Clients);
        lines.ShouldAllBe(line => line.GetProperty("outcome").GetString() == "cancelled");
        lines.ShouldAllBe(line => line.GetProperty("output_tokens").GetInt64() > 0 && line.GetProperty("usage_source").GetString() == "counted");
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> EndlessAsync(
        CountdownEvent cancelled, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(() =>
        {
            cancelled.Signal();
            end.TrySetResult();
        });
        yield return new ChatResponseUpdate(ChatRole.Assistant, []);
        yield return FakeChatClient.Text("tick");
        await end.Task;
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> WaitingAsync(
        Task release, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new ChatResponseUpdate(ChatRole.Assistant, []);
        await release.WaitAsync(cancellationToken);
        yield return FakeChatClient.End(ChatFinishReason.Stop);
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> UpdatesAsync(params ChatResponseUpdate[] updates)
    {
        foreach (var update in updates)
        {
            await Task.Yield();
            yield return update;
        }
    }

    private static string Request(string extra = "") =>
        $$"""{"model":"m","stream":true,"messages":[{"role":"user","content":"hi"}]{{(extra.Length > 0 ? "," + extra : "")}}}""";

    private static string ContentOf(RawResponse response) =>
        string.Concat(response.Chunks.Select(chunk => chunk.GetProperty("choices")[0]).Select(TextOf));

    private static string TextOf(JsonElement choice) =>
        choice.GetProperty("delta").TryGetProperty("content", out var content) ? content.GetString() ?? "" : "";

    private static string? FinishOf(RawResponse response) => response.Chunks
        .Select(chunk => chunk.GetProperty("choices")[0].GetProperty("finish_reason").GetString())
        .Single(reason => reason is not null);
}
