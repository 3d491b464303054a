using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace GenAI.EndToEnd.Tests.Gateway;

/// <summary>The starter model writing over documents that are longer than its context, in a script that it knows little.</summary>
public sealed class GeneratedAnswerTests : IAsyncDisposable
{
    private const int ContextTokens = 1024;
    private const int MaxOutputTokens = 24;
    private const string Name = "SmolLM2-135M-Instruct-Q4_1";

    private readonly GatewayProcess _gateway = new();

    public GeneratedAnswerTests()
    {
        _gateway.Environment["Documents__Samples"] = "false";
        _gateway.Environment["Models__ContextTokens"] = $"{ContextTokens}";
        _gateway.Environment["Models__MaxOutputTokens"] = $"{MaxOutputTokens}";
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Ask_DocumentLongerThanTheContext_IsPackedAndBound()
    {
        await _gateway.InitializeAsync();
        using var http = _gateway.CreateClient();
        var store = await http.UploadAsync("bridges.txt", string.Join("\n\n", Enumerable.Range(1, 60).Select(number => $"สะพานหมายเลข {number} ข้ามแม่น้ำเปิดใช้งานในปี {1900 + number}")));
        await http.WaitForFilesAsync(store);

        using var response = await AskAsync(http, store, "สะพานหมายเลข 7 เปิดใช้งานในปีใด");

        var body = await response.Content.ReadAsStringAsync(Token);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        response.Headers.GetValues("x-genai-answer-policy").ShouldBe(["generated"]);
        var usage = JsonDocument.Parse(body).RootElement.GetProperty("usage");
        usage.GetProperty("prompt_tokens").GetInt32().ShouldBeInRange(ContextTokens / 2, ContextTokens - MaxOutputTokens);
        usage.GetProperty("completion_tokens").GetInt32().ShouldBeInRange(1, MaxOutputTokens);
    }

    [Fact]
    public async Task Ask_ConversationLongerThanTheContext_IsRefusedByItsNumbers()
    {
        await _gateway.InitializeAsync();
        using var http = _gateway.CreateClient();
        var store = await http.UploadShiftsAsync();
        await http.WaitForFilesAsync(store);

        using var response = await AskAsync(http, store, string.Join(' ', Enumerable.Repeat("Who leads the night shift at the Lisbon plant?", 150)));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var error = (await response.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("error");
        error.GetProperty("code").GetString().ShouldBe("context_length_exceeded");
        error.GetProperty("n_ctx").GetInt32().ShouldBe(ContextTokens);
    }

    private static Task<HttpResponseMessage> AskAsync(HttpClient http, string store, string question) => http.PostAsJsonAsync(
        "/v1/chat/completions",
        new { model = Name, temperature = 0, answer_policy = "generated", messages = new[] { new { role = "user", content = question } }, vector_store_ids = new[] { store } },
        Token);
}
