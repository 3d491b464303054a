using System.Text.Json;
using GenAI.Gateway.Models;
using GenAI.Gateway.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace GenAI.Gateway.Tests.Models;

/// <summary>A model of another server behind this one, over real sockets on both sides.</summary>
public sealed class RemoteModelTests
{
    private const string Path = "/v1/chat/completions";
    private const string Usage = """{"prompt_tokens":12,"completion_tokens":3,"total_tokens":15}""";

    [Fact]
    public async Task Stream_FromUpstream_PassesTextAndItsUsage()
    {
        await using var upstream = await Upstream.StartAsync(context => Upstream.SendAsync(
            context,
            Upstream.Delta("""{"role":"assistant","content":""}"""),
            Upstream.Delta("""{"content":"Hello"}"""),
            Upstream.Delta("""{"content":" far world"}"""),
            Upstream.Delta("{}", "stop"),
            $$"""{"id":"c1","choices":[],"usage":{{Usage}}}""",
            "[DONE]"));
        await using var gateway = await StartAsync(upstream, ("UpstreamModel", "up"));

        var response = await gateway.Http.PostAsync(Path, Request("\"stream\":true,\"stream_options\":{\"include_usage\":true}"));

        response.Status.ShouldBe(200);
        response.Header("x-genai-model").ShouldBe("far");
        ContentOf(response).ShouldBe("Hello far world");
        response.Body.ShouldContain("\"finish_reason\":\"stop\"");
        response.Chunks[^1].GetProperty("usage").GetProperty("total_tokens").GetInt32().ShouldBe(15);
        response.Events[^1].ShouldBe("data: [DONE]");
        var (path, authorization, body) = upstream.Requests.ShouldHaveSingleItem();
        path.ShouldBe("/v1/chat/completions");
        authorization.ShouldBeNullOrEmpty();
        JsonDocument.Parse(body).RootElement.GetProperty("model").GetString().ShouldBe("up");
    }

    [Fact]
    public async Task Whole_FromUpstream_PassesTextAndTheConfiguredKey()
    {
        const string Variable = "GENAI_TEST_UPSTREAM_KEY";
        Environment.SetEnvironmentVariable(Variable, "secret-of-upstream");
        await using var upstream = await Upstream.StartAsync(context => JsonAsync(context, """{"role":"assistant","content":"Hello"}""", "stop"));
        await using var gateway = await StartAsync(upstream, ("ApiKeyEnv", Variable));

        var response = await gateway.Http.PostAsync(Path, Request());

        response.Status.ShouldBe(200, response.Body);
        response.Json.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString().ShouldBe("Hello");
        response.Json.GetProperty("usage").GetProperty("total_tokens").GetInt32().ShouldBe(15);
        upstream.Requests.ShouldHaveSingleItem().Authorization.ShouldBe("Bearer secret-of-upstream");
        response.Body.ShouldNotContain("secret-of-upstream");
    }

    [Fact]
    public async Task Stream_ToolCallInFragments_ArrivesAsOneCall()
    {
        await using var upstream = await Upstream.StartAsync(context => Upstream.SendAsync(
            context,
            Upstream.Delta("""{"role":"assistant","tool_calls":[{"index":0,"id":"call_7","type":"function","function":{"name":"weather","arguments":""}}]}"""),
            Upstream.Delta("""{"tool_calls":[{"index":0,"function":{"arguments":"{\"city\":"}}]}"""),
            Upstream.Delta("""{"tool_calls":[{"index":0,"function":{"arguments":"\"Oslo\"}"}}]}"""),
            Upstream.Delta("{}", "tool_calls"),
            "[DONE]"));
        await using var gateway = await StartAsync(upstream);

        var response = await gateway.Http.PostAsync(Path, Request($"\"stream\":true,{Tools}"));

        var deltas = response.Chunks.SelectMany(chunk => chunk.GetProperty("choices").EnumerateArray())
            .Select(choice => choice.GetProperty("delta")).Where(delta => delta.TryGetProperty("tool_calls", out _)).ToList();
        deltas[0].GetProperty("tool_calls")[0].GetProperty("function").GetProperty("name").GetString().ShouldBe("weather");
        deltas[0].GetProperty("tool_calls")[0].GetProperty("id").GetString().ShouldBe("call_7");
        var arguments = string.Concat(deltas.Select(delta => delta.GetProperty("tool_calls")[0].GetProperty("function").GetProperty("arguments").GetString()));
        JsonDocument.Parse(arguments).RootElement.GetProperty("city").GetString().ShouldBe("Oslo");
        response.Body.ShouldContain("\"finish_reason\":\"tool_calls\"");
        JsonDocument.Parse(upstream.Requests[0].Body).RootElement.GetProperty("tools")[0].GetProperty("function").GetProperty("name").GetString().ShouldBe("weather");
    }

    [Fact]
    public async Task Whole_ToolCall_KeepsItsIdAndArguments()
    {
        await using var upstream = await Upstream.StartAsync(context => JsonAsync(
            context,
            """{"role":"assistant","content":null,"tool_calls":[{"id":"call_7","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Oslo\"}"}}]}""",
            "tool_calls"));
        await using var gateway = await StartAsync(upstream);

        var response = await gateway.Http.PostAsync(Path, Request(Tools));

        var choice = response.Json.GetProperty("choices")[0];
        choice.GetProperty("finish_reason").GetString().ShouldBe("tool_calls");
        var call = choice.GetProperty("message").GetProperty("tool_calls")[0];
        call.GetProperty("id").GetString().ShouldBe("call_7");
        JsonDocument.Parse(call.GetProperty("function").GetProperty("arguments").GetString()!).RootElement.GetProperty("city").GetString().ShouldBe("Oslo");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stream_UpstreamBreaksOff_IsAnErrorEventAndNoMadeUpStop(bool abort)
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var upstream = await Upstream.StartAsync(async context =>
        {
            await Upstream.SendAsync(context, Upstream.Delta("""{"content":"This is the"}"""), Upstream.Delta("""{"content":" first half of an answer, and"}"""));
            await arrived.Task;
            if (abort)
            {
                context.Abort();
            }
        });
        await using var gateway = await StartAsync(upstream);

        using var connection = await gateway.Http.OpenAsync("POST", Path, Request("\"stream\":true"));
        await connection.ReadUntilAsync("This is the");
        arrived.SetResult();
        var seen = await connection.ReadUntilAsync("data: [DONE]\n\n");

        seen.ShouldNotContain("\"finish_reason\":\"");
        seen.ShouldContain("\"code\":\"upstream_error\"");
        seen.ShouldContain("The server of model 'far' broke off its answer.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Call_ClientLeaves_EndsTheCallAtTheUpstream(bool stream)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var upstream = await Upstream.StartAsync(async context =>
        {
            context.RequestAborted.Register(() => left.TrySetResult());
            if (stream)
            {
                await Upstream.SendAsync(context, Upstream.Delta("""{"content":"slow"}"""));
            }

            asked.TrySetResult();
            await left.Task;
        });
        await using var gateway = await StartAsync(upstream);
        var connection = await gateway.Http.OpenAsync("POST", Path, Request(stream ? "\"stream\":true" : "\"stream\":false"));
        await asked.Task.WaitAsync(Deadline.Token);

        connection.Reset();

        await left.Task.WaitAsync(Deadline.Token);
    }

    [Theory]
    [InlineData(429, """{"error":{"message":"slow down","type":"rate_limit_error","code":null}}""", 429, "server_busy")]
    [InlineData(500, """{"error":{"message":"out of memory","type":"server_error"}}""", 502, "upstream_error")]
    [InlineData(503, "<html><h1>Service Unavailable</h1></html>", 502, "upstream_error")]
    [InlineData(401, """{"error":{"message":"bad key","code":"invalid_api_key"}}""", 502, "upstream_error")]
    [InlineData(400, """{"error":{"message":"too long","code":"context_length_exceeded"}}""", 400, "context_length_exceeded")]
    public async Task Call_UpstreamRefuses_IsAStatusInBothForms(int status, string body, int expected, string code)
    {
        await using var upstream = await Upstream.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(body);
        });
        await using var gateway = await StartAsync(upstream);

        foreach (var form in new[] { "\"stream\":true", "\"stream\":false" })
        {
            var response = await gateway.Http.PostAsync(Path, Request(form));

            response.Status.ShouldBe(expected, response.Body);
            response.Error.GetProperty("code").GetString().ShouldBe(code);
            response.Error.GetProperty("message").GetString()!.ShouldContain("'far'");
            response.Header("retry-after").Length.ShouldBe(expected == 429 ? 1 : 0);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Call_UpstreamAnswersWithAPage_SaysSoAndWhatToCheck(bool stream)
    {
        await using var upstream = await Upstream.StartAsync(context =>
        {
            context.Response.ContentType = "text/html";
            return context.Response.WriteAsync("<html>Sign in to the network</html>");
        });
        await using var gateway = await StartAsync(upstream);

        var response = await gateway.Http.PostAsync(Path, Request(stream ? "\"stream\":true" : "\"stream\":false"));

        response.Status.ShouldBe(502);
        response.Error.GetProperty("code").GetString().ShouldBe("upstream_error");
        response.Error.GetProperty("message").GetString()!.ShouldSatisfyAllConditions(
            message => message.ShouldContain("web page"), message => message.ShouldContain("BaseUrl"));
        response.Body.ShouldNotContain("Sign in");
    }

    [Theory]
    [InlineData("text/html", "web page")]
    [InlineData("application/json", "broke off")]
    public async Task Embeddings_UpstreamAnswersWithoutJson_IsABadGateway(string type, string said)
    {
        await using var upstream = await Upstream.StartAsync(context =>
        {
            context.Response.ContentType = type;
            return context.Response.WriteAsync("<html>Sign in to the network</html>");
        });
        await using var gateway = await StartAsync(upstream, ("Kind", "Embedding"), ("Dimensions", "3"));

        var response = await gateway.Http.PostAsync("/v1/embeddings", """{"model":"far","input":"hi"}""");

        response.Status.ShouldBe(502, response.Body);
        response.Error.GetProperty("message").GetString()!.ShouldContain(said);
    }

    [Fact]
    public async Task Connections_OfRemoteModels_EndInTimeToSeeAChangedAddress()
    {
        await using var gateway = await TestGateway.StartAsync();
        var handler = gateway.Services.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler(ModelLoader.RemoteClientName);
        while (handler is DelegatingHandler outer)
        {
            handler = outer.InnerHandler!;
        }

        handler.ShouldBeOfType<SocketsHttpHandler>().PooledConnectionLifetime.ShouldBeLessThanOrEqualTo(TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task Call_UpstreamIsDown_SaysSo()
    {
        var upstream = await Upstream.StartAsync(_ => Task.CompletedTask);
        await using var gateway = await StartAsync(upstream);
        await upstream.DisposeAsync();

        var response = await gateway.Http.PostAsync(Path, Request());

        response.Status.ShouldBe(502);
        response.Error.GetProperty("message").GetString()!.ShouldContain("cannot be reached");
    }

    private const string Tools = """
        "tools":[{"type":"function","function":{"name":"weather","parameters":{"type":"object","properties":{"city":{"type":"string"}}}}}]
        """;

    private static Task JsonAsync(HttpContext context, string message, string finish)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(
            $$"""{"id":"c1","object":"chat.completion","created":1,"model":"up","choices":[{"index":0,"message":{{message}},"finish_reason":"{{finish}}"}],"usage":{{Usage}}}""");
    }

    private static async Task<TestGateway> StartAsync(Upstream upstream, params (string Name, string Value)[] further)
    {
        var settings = new Dictionary<string, string?> { ["Models:Remote:0:Name"] = "far", ["Models:Remote:0:BaseUrl"] = upstream.BaseUrl };
        foreach (var (name, value) in further)
        {
            settings[$"Models:Remote:0:{name}"] = value;
        }

        var gateway = await TestGateway.StartAsync(settings: settings);
        await gateway.Registry.WhenLoadedAsync(Deadline.Token);
        return gateway;
    }

    private static string Request(string extra = "\"stream\":false") =>
        $$"""{"model":"far","messages":[{"role":"user","content":"hi"}],{{extra}}}""";

    private static string ContentOf(RawResponse response) => string.Concat(response.Chunks
        .SelectMany(chunk => chunk.GetProperty("choices").EnumerateArray())
        .Select(choice => choice.GetProperty("delta").TryGetProperty("content", out var content) ? content.GetString() : ""));
}
