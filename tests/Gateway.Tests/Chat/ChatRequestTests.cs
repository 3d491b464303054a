using GenAI.Gateway.Tests.Support;
using GenAI.Generation;
using Microsoft.Extensions.AI;

namespace GenAI.Gateway.Tests.Chat;

public sealed class ChatRequestTests
{
    private const string Path = "/v1/chat/completions";

    [Fact]
    public async Task Answer_WithoutStream_IsAChatCompletion()
    {
        await using var gateway = await TestGateway.StartAsync(new FakeChatClient());

        var response = await gateway.Http.PostAsync(Path, """{"model":"m","messages":[{"role":"user","content":"hi"}]}""");

        response.Status.ShouldBe(200);
        response.Header("Content-Type").ShouldBe("application/json; charset=utf-8");
        var choice = response.Json.GetProperty("choices")[0];
        choice.GetProperty("message").GetRawText().ShouldBe("""{"role":"assistant","content":"Hello world","refusal":null,"annotations":[]}""");
        choice.GetProperty("finish_reason").GetString().ShouldBe("stop");
        response.Json.GetProperty("object").GetString().ShouldBe("chat.completion");
        response.Json.GetProperty("usage").GetProperty("total_tokens").GetInt32().ShouldBe(11);
    }

    [Fact]
    public async Task Request_NullsAndUnknownFields_AreAbsent()
    {
        var model = new FakeChatClient();
        await using var gateway = await TestGateway.StartAsync(model);

        var response = await gateway.Http.PostAsync(Path, """
            {"model":"m","messages":[{"role":"user","content":"hi","name":null}],"stream":null,"temperature":null,"top_p":null,"n":null,
             "stop":null,"max_tokens":null,"tools":null,"tool_choice":null,"response_format":null,"logprobs":null,"top_logprobs":null,
             "logit_bias":null,"seed":null,"stream_options":null,"vector_store_ids":null,"user":"u","store":true,"metadata":{"a":"b"},
             "reasoning_effort":"low","service_tier":"auto","prediction":{"x":1},"no_such_field":[1,2]}
            """);

        response.Status.ShouldBe(200);
        response.Header("Content-Type").ShouldStartWith("application/json");
        var options = model.Calls[0].Options!;
        options.Temperature.ShouldBeNull();
        options.Tools.ShouldBeNull();
        options.StopSequences.ShouldBeNull();
    }

    [Fact]
    public async Task Request_GrammarAndTemplateArguments_ReachTheModel()
    {
        var model = new FakeChatClient();
        await using var gateway = await TestGateway.StartAsync(model);

        await gateway.Http.PostAsync(Path, """
            {"model":"m","messages":[{"role":"user","content":"hi"}],"grammar":"root ::= \"yes\" | \"no\"","chat_template_kwargs":{"enable_thinking":false}}
            """);

        var extras = model.Calls.ShouldHaveSingleItem().Options!.AdditionalProperties!;
        extras[GenerationOptionNames.Grammar].ShouldBe("root ::= \"yes\" | \"no\"");
        extras[GenerationOptionNames.TemplateArguments].ShouldBeOfType<System.Text.Json.JsonElement>().GetProperty("enable_thinking").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Request_EveryRoleAndForm_ReachesTheModel()
    {
        var model = new FakeChatClient();
        await using var gateway = await TestGateway.StartAsync(model);

        await gateway.Http.PostAsync(Path, """
            {"model":"m","temperature":0.5,"top_p":0.9,"max_tokens":7,"max_completion_tokens":5,"seed":42,"stop":["a","b",""],
             "frequency_penalty":-1,"presence_penalty":1,"logit_bias":{"5":-100},"parallel_tool_calls":false,
             "tools":[{"type":"function","function":{"name":"f","description":"d","parameters":{"type":"object"}}}],"tool_choice":"required",
             "response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{"type":"object"},"strict":true}},
             "messages":[{"role":"developer","content":"be brief"},
               {"role":"user","content":[{"type":"text","text":"one "},{"type":"text","text":"two"}]},
               {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{\"x\":1}"}}]},
               {"role":"tool","tool_call_id":"c1","content":[{"type":"text","text":"42"}]}]}
            """);

        var (messages, options) = model.Calls.ShouldHaveSingleItem();
        messages.Select(message => message.Role.Value).ShouldBe(["system", "user", "assistant", "tool"]);
        messages[1].Text.ShouldBe("one two");
        messages[2].Contents.OfType<FunctionCallContent>().Single().Arguments!["x"]!.ToString().ShouldBe("1");
        messages[3].Contents.OfType<FunctionResultContent>().Single().CallId.ShouldBe("c1");
        options!.MaxOutputTokens.ShouldBe(5);
        options.Seed.ShouldBe(42);
        options.StopSequences.ShouldBe(["a", "b"]);
        options.AllowMultipleToolCalls.ShouldBe(false);
        options.ToolMode.ShouldBeOfType<RequiredChatToolMode>();
        options.ResponseFormat.ShouldBeOfType<ChatResponseFormatJson>().SchemaName.ShouldBe("n");
        options.AdditionalProperties![GenerationOptionNames.LogitBias].ShouldBeOfType<Dictionary<int, double>>()[5].ShouldBe(-100);
        options.AdditionalProperties[GenerationOptionNames.Tenant].ShouldBe("default");
    }

    [Theory]
    [InlineData("""{"messages":[]}""", "model", "missing_required_parameter")]
    [InlineData("""{"model":"m","messages":[]}""", "messages", "missing_required_parameter")]
    [InlineData("""{"model":"m","messages":[{"role":"king","content":"x"}]}""", "messages[0].role", "invalid_value")]
    [InlineData("""{"model":"m","messages":[{"role":"user"}]}""", "messages[0].content", "missing_required_parameter")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":7}]}""", "messages[0].content", "invalid_type")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"\ud83d"}]}""", "messages[0].content", "invalid_value")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"x"}}]}]}""", "messages[0].content[0].type", "unsupported_content")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"x"}],"temperature":3}""", "temperature", "invalid_value")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"x"}],"stream":"yes"}""", "stream", "invalid_type")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"x"}],"n":9}""", "n", "invalid_value")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"x"}],"top_logprobs":2}""", "top_logprobs", "invalid_value")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"x"}],"tool_choice":"required"}""", "tool_choice", "invalid_value")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"x"}],"tools":[{"type":"web_search"}]}""", "tools[0].type", "unsupported_tool")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"x"}],"answer_policy":"guess"}""", "answer_policy", "invalid_value")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"x"}],"response_format":{"type":"json_schema","json_schema":{"name":"a b","schema":{}}}}""", "response_format.json_schema.name", "invalid_value")]
    public async Task Request_Wrong_NamesTheField(string body, string param, string code)
    {
        await using var gateway = await TestGateway.StartAsync(new FakeChatClient());

        var response = await gateway.Http.PostAsync(Path, body);

        response.Status.ShouldBe(400);
        response.Error.GetProperty("type").GetString().ShouldBe("invalid_request_error");
        response.Error.GetProperty("param").GetString().ShouldBe(param);
        response.Error.GetProperty("code").GetString().ShouldBe(code);
        response.Error.GetProperty("message").GetString()!.ShouldContain(param);
    }

    [Fact]
    public async Task Request_BrokenJson_SaysWhere()
    {
        await using var gateway = await TestGateway.StartAsync(new FakeChatClient());

        var response = await gateway.Http.PostAsync(Path, "{\"model\":\"m\",\n  \"messages\": [}");

        response.Status.ShouldBe(400);
        response.Error.GetProperty("code").GetString().ShouldBe("invalid_json");
        response.Error.GetProperty("message").GetString()!.ShouldContain("line 2, byte 16");
    }

    [Fact]
    public async Task Request_TooLarge_Is400()
    {
        await using var gateway = await TestGateway.StartAsync(new FakeChatClient(), new() { ["Limits:MaxRequestBytes"] = "2048" });

        var response = await gateway.Http.PostAsync(Path, $$"""{"model":"m","messages":[{"role":"user","content":"{{new string('x', 4000)}}"}]}""");

        response.Status.ShouldBe(400);
        response.Error.GetProperty("code").GetString().ShouldBe("request_too_large");
    }

    [Fact]
    public async Task Request_UnknownModel_NamesThoseThereAre()
    {
        await using var gateway = await TestGateway.StartAsync(new FakeChatClient());

        var response = await gateway.Http.PostAsync(Path, """{"model":"gpt-x","messages":[{"role":"user","content":"x"}]}""");

        response.Status.ShouldBe(404);
        response.Error.GetProperty("code").GetString().ShouldBe("model_not_found");
        response.Error.GetProperty("message").GetString()!.ShouldContain("m, genai-extractive");
    }

    [Theory]
    [InlineData(GenerationFailure.Busy, 429, "server_busy")]
    [InlineData(GenerationFailure.ContextLengthExceeded, 400, "context_length_exceeded")]
    [InlineData(GenerationFailure.InvalidRequest, 400, "invalid_value")]
    [InlineData(GenerationFailure.ModelUnavailable, 503, "model_unavailable")]
    [InlineData(GenerationFailure.Engine, 500, "engine_error")]
    [InlineData(GenerationFailure.Upstream, 502, "upstream_error")]
    public async Task Failure_BeforeTheFirstByte_IsAStatusStreamedOrNot(GenerationFailure failure, int status, string code)
    {
        var model = new FakeChatClient { OnStream = (_, _, _) => throw new GenerationException(failure, "It did not work.") { PromptTokens = 9000, ContextTokens = 8192 } };
        await using var gateway = await TestGateway.StartAsync(model);

        foreach (var stream in new[] { "true", "false" })
        {
            var response = await gateway.Http.PostAsync(Path, $$"""{"model":"m","stream":{{stream}},"messages":[{"role":"user","content":"x"}]}""");

            response.Status.ShouldBe(status);
            response.Error.GetProperty("code").GetString().ShouldBe(code);
            if (failure == GenerationFailure.ContextLengthExceeded)
            {
                response.Error.GetProperty("message").GetString()!.ShouldContain("context_length_exceeded");
                response.Error.GetProperty("n_prompt_tokens").GetInt32().ShouldBe(9000);
                response.Error.GetProperty("n_ctx").GetInt32().ShouldBe(8192);
            }

            if (failure == GenerationFailure.Busy)
            {
                response.Header("Retry-After").ShouldBe("1");
            }
        }
    }

    [Fact]
    public async Task Failure_Unknown_IsA500ThatKeepsItsReasonInTheLog()
    {
        var model = new FakeChatClient { OnStream = (_, _, _) => throw new InvalidOperationException("secret detail") };
        await using var gateway = await TestGateway.StartAsync(model);

        var response = await gateway.Http.PostAsync(Path, """{"model":"m","messages":[{"role":"user","content":"x"}]}""");

        response.Status.ShouldBe(500);
        response.Body.ShouldNotContain("secret detail");
        response.Error.GetProperty("message").GetString()!.ShouldContain(response.Header("x-request-id"));
    }

    [Fact]
    public async Task Guard_DeniedPhrase_Is400WithoutRetryAndNeverReachesTheModel()
    {
        var model = new FakeChatClient();
        await using var gateway = await TestGateway.StartAsync(model, new() { ["Guardrails:DenyList:Phrases:0"] = "project nightjar" });

        var response = await gateway.Http.PostAsync(Path, """{"model":"m","stream":true,"messages":[{"role":"user","content":"tell me of Project  Nightjar"}]}""");

        response.Status.ShouldBe(400);
        response.Error.GetProperty("code").GetString().ShouldBe("content_policy_violation");
        response.Header("x-should-retry").ShouldBe("false");
        response.Header("x-genai-guardrails").ShouldContain("action=block;reason=phrase");
        model.Calls.ShouldBeEmpty();
        gateway.AuditLines().ShouldHaveSingleItem().ShouldContain("\"outcome\":\"blocked\"");
    }

    [Fact]
    public async Task Guard_CardNumber_IsMaskedBeforeTheModelAndShownInTheHeader()
    {
        var model = new FakeChatClient();
        await using var gateway = await TestGateway.StartAsync(model);

        var response = await gateway.Http.PostAsync(Path, """{"model":"m","messages":[{"role":"user","content":"my card is 4111 1111 1111 1111"}]}""");

        model.Calls[0].Messages[0].Text.ShouldNotContain("4111");
        response.Header("x-genai-guardrails").ShouldContain("action=mask");
        gateway.AuditLines().ShouldHaveSingleItem().ShouldNotContain("4111");
    }

    [Theory]
    [InlineData("GET", "/v1/chat/completions", 405, "method_not_allowed")]
    [InlineData("POST", "/v1/models", 405, "method_not_allowed")]
    [InlineData("GET", "/v1/nothing", 404, "unknown_url")]
    public async Task Path_Wrong_HasTheSameErrorShape(string method, string path, int status, string code)
    {
        await using var gateway = await TestGateway.StartAsync();

        var response = await gateway.Http.SendAsync(method, path, method == "POST" ? "{}" : null);

        response.Status.ShouldBe(status);
        response.Error.GetProperty("code").GetString().ShouldBe(code);
    }
}
