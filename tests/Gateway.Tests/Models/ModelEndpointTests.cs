using GenAI.Gateway.Models;
using GenAI.Gateway.Tests.Support;

namespace GenAI.Gateway.Tests.Models;

public sealed class ModelEndpointTests
{
    [Fact]
    public async Task List_WithoutAnyModel_ShowsTheExtractiveAnswerer()
    {
        await using var gateway = await TestGateway.StartAsync();

        var response = await gateway.Http.GetAsync("/v1/models");

        var model = response.Json.GetProperty("data").EnumerateArray().ShouldHaveSingleItem();
        model.GetProperty("id").GetString().ShouldBe("genai-extractive");
        model.GetProperty("object").GetString().ShouldBe("model");
        model.GetProperty("type").GetString().ShouldBe("model");
        model.GetProperty("created").GetInt64().ShouldBeGreaterThanOrEqualTo(0);
        model.GetProperty("created_at").GetString().ShouldEndWith("Z");
        model.GetProperty("display_name").GetString()!.ShouldNotBeEmpty();
        model.GetProperty("meta").GetProperty("description").GetString()!.ShouldContain("word for word");
        response.Json.GetProperty("object").GetString().ShouldBe("list");
        response.Json.GetProperty("has_more").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task List_WhileAModelLoads_AnswersAtOnceAndReadyDoesNot()
    {
        await using var gateway = await TestGateway.StartAsync();
        var entry = gateway.Registry.Announce(new ModelInfo("slow", ModelKind.Chat));

        (await gateway.Http.GetAsync("/v1/models/slow")).Json.GetProperty("meta").GetProperty("status").GetString().ShouldBe("loading");
        var ready = await gateway.Http.GetAsync("/health/ready");
        ready.Status.ShouldBe(503);
        ready.Body.ShouldContain("The model 'slow' is loading.");

        var answer = gateway.Http.PostAsync("/v1/chat/completions", """{"model":"slow","messages":[{"role":"user","content":"x"}]}""");
        entry.SetReady(entry.Info, new FakeChatClient());
        (await answer).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Get_Unknown_Is404NamingTheOthers()
    {
        await using var gateway = await TestGateway.StartAsync();

        var response = await gateway.Http.GetAsync("/v1/models/owner/none");

        response.Status.ShouldBe(404);
        response.Error.GetProperty("code").GetString().ShouldBe("model_not_found");
        response.Error.GetProperty("message").GetString()!.ShouldContain("genai-extractive");
    }

    [Fact]
    public async Task Chat_FailedModel_SaysWhyAndIsNotRetried()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Registry.Announce(new ModelInfo("broken", ModelKind.Chat)).SetFailed("The file is damaged.");

        var response = await gateway.Http.PostAsync("/v1/chat/completions", """{"model":"broken","messages":[{"role":"user","content":"x"}]}""");

        response.Status.ShouldBe(503);
        response.Error.GetProperty("message").GetString()!.ShouldContain("The file is damaged.");
        response.Header("x-should-retry").ShouldBe("false");
    }

    [Fact]
    public async Task Chat_ExtractiveWithoutDocuments_SaysWhatToDo()
    {
        await using var gateway = await TestGateway.StartAsync();

        var response = await gateway.Http.PostAsync("/v1/chat/completions", """{"model":"genai-extractive","messages":[{"role":"user","content":"What is the leave?"}]}""");

        response.Status.ShouldBe(200);
        response.Header("x-genai-answer-policy").ShouldBe("extractive");
        response.Json.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!.ShouldNotBeEmpty();
    }
}
