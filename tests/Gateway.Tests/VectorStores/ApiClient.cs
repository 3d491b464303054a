using System.Net;
using System.Text;
using System.Text.Json;
using GenAI.Gateway.Tests.Support;

namespace GenAI.Gateway.Tests.VectorStores;

/// <summary>Talks to the files and vector stores of a gateway as the official SDKs do.</summary>
internal sealed class ApiClient : IDisposable
{
    private readonly HttpClient _http;

    public ApiClient(TestGateway gateway)
    {
        _http = new HttpClient { BaseAddress = gateway.Address };
        _http.DefaultRequestHeaders.Add("OpenAI-Beta", "assistants=v2");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public Task<HttpResponseMessage> GetRawAsync(string path) => _http.GetAsync(path, Token);

    public async Task<JsonElement> GetAsync(string path) => await BodyAsync(await _http.GetAsync(path, Token), HttpStatusCode.OK);

    public async Task<JsonElement> PostAsync(string path, string json, HttpStatusCode expected = HttpStatusCode.OK) =>
        await BodyAsync(await _http.PostAsync(path, new StringContent(json, Encoding.UTF8, "application/json"), Token), expected);

    public async Task<JsonElement> DeleteAsync(string path) => await BodyAsync(await _http.DeleteAsync(path, Token), HttpStatusCode.OK);

    public async Task<JsonElement> ErrorAsync(string path, HttpStatusCode expected) =>
        (await BodyAsync(await _http.GetAsync(path, Token), expected)).GetProperty("error");

    public async Task<JsonElement> UploadAsync(MultipartFormDataContent form, HttpStatusCode expected = HttpStatusCode.OK) =>
        await BodyAsync(await _http.PostAsync("/v1/files", form, Token), expected);

    public async Task<string> UploadAsync(string name, string text)
    {
        using var form = new MultipartFormDataContent { { new StringContent("assistants"), "purpose" }, { new StringContent(text), "file", name } };
        return Id(await UploadAsync(form));
    }

    public async Task<string> CreateStoreAsync(string json = """{"name":"docs"}""") => Id(await PostAsync("/v1/vector_stores", json));

    /// <summary>Uploads a file, adds it to the store and polls as the SDKs do.</summary>
    public async Task<string> AddAsync(string storeId, string name, string text, string attributes = "{}")
    {
        var fileId = await UploadAsync(name, text);
        await PostAsync($"/v1/vector_stores/{storeId}/files", $$"""{"file_id":"{{fileId}}","attributes":{{attributes}}}""");
        await PollAsync($"/v1/vector_stores/{storeId}/files/{fileId}", file => file.GetProperty("status").GetString() != "in_progress");
        return fileId;
    }

    public async Task<JsonElement> PollAsync(string path, Func<JsonElement, bool> isDone)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            var body = await GetAsync(path);
            if (isDone(body))
            {
                return body;
            }

            await timer.WaitForNextTickAsync(Deadline.Token);
        }
    }

    public static string Id(JsonElement body) => body.GetProperty("id").GetString()!;

    public void Dispose() => _http.Dispose();

    private static async Task<JsonElement> BodyAsync(HttpResponseMessage response, HttpStatusCode expected)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync(Token);
            response.StatusCode.ShouldBe(expected, text);
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
    }
}
