using System.Net.Http.Json;
using System.Text.Json;

namespace GenAI.EndToEnd.Tests.Gateway;

/// <summary>The program between a document's words and its vectors: asked, killed, started again, and given another model.</summary>
public sealed class LateVectorsTests : IAsyncDisposable
{
    private readonly DirectoryInfo _models = Directory.CreateTempSubdirectory("genai-late-vectors-");
    private readonly EmbeddingServer _embedder = new("held-embedder", "shifts");
    private readonly GatewayProcess _gateway = new();

    public LateVectorsTests()
    {
        _gateway.Environment["GENAI_MODELS"] = _models.FullName;
        _gateway.Environment["Documents__Samples"] = "false";
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _embedder.Dispose();
        _models.Delete(recursive: true);
    }

    [Fact]
    public async Task Ask_BeforeAndAfterAKillAndAChangeOfModel_IsAnsweredThroughout()
    {
        foreach (var (name, value) in _embedder.Settings)
        {
            _gateway.Environment[name] = value;
        }

        await _gateway.InitializeAsync();
        using var http = _gateway.CreateClient();
        var store = await http.UploadShiftsAsync();
        var file = await WaitForFileAsync(http, store, found => found.GetProperty("x_stage").GetString() == "embedding");
        file.GetProperty("status").GetString().ShouldBe("in_progress");
        await ShouldAnswerAsync(http, store);
        (await http.ReadAsync($"/v1/vector_stores/{store}")).GetProperty("x_documents").GetInt32().ShouldBe(1);

        await _gateway.KillAsync();
        await _gateway.InitializeAsync();
        await ShouldAnswerAsync(http, store);
        (await WaitForFileAsync(http, store, _ => true)).GetProperty("status").GetString().ShouldBe("in_progress");
        _embedder.GoOn();
        await WaitForFileAsync(http, store, found => found.GetProperty("status").GetString() == "completed");
        (await ByMeaningAsync(http, store)).ShouldContain("Marta Quintela");

        // Another model, whose vectors have another length.
        await _gateway.StopAsync();
        _embedder.Settings.Keys.ToList().ForEach(name => _gateway.Environment.Remove(name));
        const string Local = "bge-small-en-v1.5-Q8_0.gguf";
        File.CreateSymbolicLink(Path.Combine(_models.FullName, Local), Path.Combine(Repository.Root, "models", Local));
        await _gateway.InitializeAsync();
        await ShouldAnswerAsync(http, store);
        (await WaitForFileAsync(http, store, _ => true)).GetProperty("status").GetString().ShouldBe("completed");
        await WaitForRenewalAsync(http);
        (await ByMeaningAsync(http, store)).ShouldContain("Marta Quintela");
        await ShouldAnswerAsync(http, store);
    }

    private static async Task<JsonElement> WaitForFileAsync(HttpClient http, string store, Func<JsonElement, bool> until)
    {
        while (true)
        {
            var file = (await http.ReadAsync($"/v1/vector_stores/{store}/files")).GetProperty("data")[0];
            file.GetProperty("status").GetString().ShouldNotBe("failed", file.ToString());
            if (until(file))
            {
                return file;
            }

            await Task.Delay(100, Token);
        }
    }

    private static async Task WaitForRenewalAsync(HttpClient http)
    {
        while (true)
        {
            var renewal = (await http.ReadAsync("/v1/jobs?limit=100")).GetProperty("data").EnumerateArray()
                .Single(job => job.GetProperty("kind").GetString() == "vector_store_vectors");
            renewal.GetProperty("state").GetString().ShouldNotBe("failed", renewal.ToString());
            if (renewal.GetProperty("state").GetString() == "done")
            {
                return;
            }

            await Task.Delay(100, Token);
        }
    }

    private static async Task<string> ByMeaningAsync(HttpClient http, string store)
    {
        var weights = new { hybrid_search = new { text_weight = 0, embedding_weight = 1 } };
        using var found = await http.PostAsJsonAsync(
            $"/v1/vector_stores/{store}/search", new { query = "who is in charge of the late crew", ranking_options = weights }, Token);
        return await found.Content.ReadAsStringAsync(Token);
    }

    private static async Task ShouldAnswerAsync(HttpClient http, string store)
    {
        using var response = await http.PostAsJsonAsync(
            "/v1/chat/completions",
            new
            {
                model = "genai-extractive",
                messages = new[] { new { role = "user", content = "Who leads the night shift at the Lisbon plant?" } },
                vector_store_ids = new[] { store },
            },
            Token);
        (await response.Content.ReadAsStringAsync(Token)).ShouldContain("Marta Quintela");
    }
}
