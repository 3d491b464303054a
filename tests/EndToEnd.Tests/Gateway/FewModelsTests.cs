using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace GenAI.EndToEnd.Tests.Gateway;

/// <summary>The program with no model, with one kind only, with a damaged one, and with models that come later.</summary>
public sealed class FewModelsTests : IAsyncDisposable
{
    private readonly DirectoryInfo _models = Directory.CreateTempSubdirectory("genai-few-models-");
    private readonly GatewayProcess _gateway = new();

    public FewModelsTests() => _gateway.Environment["GENAI_MODELS"] = _models.FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _models.Delete(recursive: true);
    }

    [Fact]
    public async Task NoModelThenLater_DocumentsAreAnsweredByWordsThroughout()
    {
        await _gateway.InitializeAsync();
        using var http = _gateway.CreateClient();
        await _gateway.WaitForOutputAsync("No embedding model is loaded", Token);
        await _gateway.WaitForOutputAsync("genai models pull", Token);
        _gateway.Output.ShouldContain("No language model is loaded");
        _gateway.Output.ShouldContain(_models.FullName);

        var only = (await http.ReadAsync("/v1/models")).GetProperty("data").EnumerateArray().ShouldHaveSingleItem();
        only.GetProperty("id").GetString().ShouldBe("genai-extractive");
        only.GetProperty("meta").GetProperty("description").GetString()!.ShouldContain("sentences of your documents");

        var store = await UploadAsync(http);
        await ShouldAnswerAsync(http, "genai-extractive", store);

        // Now an embedding model comes, and a chat model that is broken.
        await _gateway.StopAsync();
        Link("bge-small-en-v1.5-Q8_0.gguf");
        await File.WriteAllBytesAsync(Path.Combine(_models.FullName, "broken.gguf"), new byte[4096], Token);
        await _gateway.InitializeAsync();
        await _gateway.WaitForOutputAsync("broken cannot be used", Token);

        await ShouldAnswerAsync(http, "genai-extractive", store);
        var meta = (await http.ReadAsync("/v1/models/broken")).GetProperty("meta");
        meta.GetProperty("status").GetString().ShouldBe("failed");
        meta.GetProperty("failure").GetString().ShouldNotBeNullOrEmpty();
        using var refused = await AskAsync(http, "broken", store);
        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await refused.Content.ReadAsStringAsync(Token)).ShouldContain("could not be loaded");

        // The store gets its vectors, and so does one that is made now.
        await WaitForVectorsAsync(http);
        using var byMeaning = await http.PostAsJsonAsync(
            $"/v1/vector_stores/{store}/search",
            new { query = "Who is in charge of the late crew?", ranking_options = new { hybrid_search = new { text_weight = 0, embedding_weight = 1 } } },
            Token);
        (await byMeaning.Content.ReadAsStringAsync(Token)).ShouldContain("Marta Quintela");
        await ShouldAnswerAsync(http, "genai-extractive", await UploadAsync(http));
    }

    [Fact]
    public async Task OnlyTheChatModel_ChatsAndAnswersByWords()
    {
        Link("SmolLM2-135M-Instruct-Q4_1-00001-of-00002.gguf");
        Link("SmolLM2-135M-Instruct-Q4_1-00002-of-00002.gguf");
        _gateway.Environment["Documents__Samples"] = "false";
        await _gateway.InitializeAsync();
        using var http = _gateway.CreateClient();
        await _gateway.WaitForOutputAsync("No embedding model is loaded", Token);
        _gateway.Output.ShouldNotContain("No language model is loaded");

        await ShouldAnswerAsync(http, "SmolLM2-135M-Instruct-Q4_1", await UploadAsync(http));

        using var embeddings = await http.PostAsJsonAsync("/v1/embeddings", new { model = "SmolLM2-135M-Instruct-Q4_1", input = "x" }, Token);
        embeddings.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await embeddings.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("error").GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
    }

    private static async Task WaitForVectorsAsync(HttpClient http)
    {
        List<JsonElement> renewals;
        do
        {
            await Task.Delay(100, Token);
            renewals = [.. (await http.ReadAsync("/v1/jobs?limit=100")).GetProperty("data").EnumerateArray().Where(job => job.GetProperty("kind").GetString() == "vector_store_vectors")];
        }
        while (renewals.Count == 0 || renewals.Any(job => job.GetProperty("finished_at").ValueKind == JsonValueKind.Null));

        renewals.ShouldAllBe(job => job.GetProperty("state").GetString() == "done");
    }

    private static async Task<string> UploadAsync(HttpClient http)
    {
        var store = await http.UploadShiftsAsync();
        await http.WaitForFilesAsync(store);
        return store;
    }

    private static Task<HttpResponseMessage> AskAsync(HttpClient http, string model, string store) => http.PostAsJsonAsync(
        "/v1/chat/completions",
        new { model, messages = new[] { new { role = "user", content = "Who leads the night shift at the Lisbon plant?" } }, vector_store_ids = new[] { store } },
        Token);

    private static async Task ShouldAnswerAsync(HttpClient http, string model, string store)
    {
        using var response = await AskAsync(http, model, store);
        var body = await response.Content.ReadAsStringAsync(Token);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        var message = JsonDocument.Parse(body).RootElement.GetProperty("choices")[0].GetProperty("message");
        message.GetProperty("content").GetString()!.ShouldContain("Marta Quintela");
        var citation = message.GetProperty("annotations")[0].GetProperty("file_citation");
        citation.GetProperty("filename").GetString().ShouldBe("shifts.md");
        StoreCalls.ShiftsFact.ShouldContain(citation.GetProperty("quote").GetString()!);
    }

    private void Link(string file) => File.CreateSymbolicLink(Path.Combine(_models.FullName, file), Path.Combine(Repository.Root, "models", file));
}
