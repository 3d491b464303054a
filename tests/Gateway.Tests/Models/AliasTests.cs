using System.Text.Json;
using GenAI.Gateway.Tests.Support;
using GenAI.Gateway.Tests.VectorStores;

namespace GenAI.Gateway.Tests.Models;

/// <summary>A name that brings documents along, for clients that can set nothing but the model.</summary>
public sealed class AliasTests
{
    private const string Path = "/v1/chat/completions";
    private const string Fact = "The harbour office in Tromso closes at 16:45.";

    [Fact]
    public async Task Chat_AliasWithStoresAndGeneratedPolicy_GivesTheUpstreamThePassages()
    {
        var data = Directory.CreateTempSubdirectory("genai-alias-").FullName;
        var store = await MakeStoreAsync(data);
        await using var upstream = await Upstream.StartAsync(context => Upstream.SendAsync(
            context, Upstream.Delta("""{"content":"The harbour office in Tromso closes at 16:45."}"""), Upstream.Delta("{}", "stop"), "[DONE]"));
        await using var gateway = await TestGateway.StartAsync(dataFolder: data, settings: new Dictionary<string, string?>
        {
            ["Models:Remote:0:Name"] = "far",
            ["Models:Remote:0:BaseUrl"] = upstream.BaseUrl,
            ["Models:Aliases:harbour:Model"] = "far",
            ["Models:Aliases:harbour:VectorStoreIds:0"] = store,
            ["Models:Aliases:harbour:AnswerPolicy"] = "generated",
            ["Models:Aliases:gone:Model"] = "far",
            ["Models:Aliases:gone:VectorStoreIds:0"] = "vs_none",
            ["Models:Aliases:lost:Model"] = "no-such-model",
        });
        await gateway.Registry.WhenLoadedAsync(Deadline.Token);

        var response = await gateway.Http.PostAsync(Path, Request("harbour"));

        response.Status.ShouldBe(200, response.Body);
        response.Json.GetProperty("model").GetString().ShouldBe("harbour");
        response.Header("x-genai-answer-policy").ShouldBe("generated");
        upstream.Requests.ShouldHaveSingleItem().Body.ShouldContain("closes at 16:45");
        var message = response.Json.GetProperty("choices")[0].GetProperty("message");
        message.GetProperty("annotations")[0].GetProperty("file_citation").GetProperty("filename").GetString().ShouldBe("harbour.md");

        (await gateway.Http.PostAsync(Path, Request("far", stream: true))).Status.ShouldBe(200);
        upstream.Requests[^1].Body.ShouldNotContain("closes at 16:45");

        (await gateway.Http.PostAsync(Path, Request("gone"))).ShouldSatisfyAllConditions(
            gone => gone.Status.ShouldBe(404),
            gone => gone.Error.GetProperty("message").GetString()!.ShouldContain("vs_none"));
        (await gateway.Http.PostAsync(Path, Request("lost"))).ShouldSatisfyAllConditions(
            lost => lost.Status.ShouldBeInRange(404, 503),
            lost => lost.Error.GetProperty("message").GetString()!.ShouldContain("no-such-model"));
    }

    private static async Task<string> MakeStoreAsync(string data)
    {
        await using var gateway = await TestGateway.StartAsync(dataFolder: data, keepData: true);
        using var api = new ApiClient(gateway);
        var store = await api.CreateStoreAsync();
        await api.AddAsync(store, "harbour.md", Fact);
        return store;
    }

    private static string Request(string model, bool stream = false) =>
        JsonSerializer.Serialize(new { model, stream, messages = new[] { new { role = "user", content = "When does the harbour office in Tromso close?" } } });
}
