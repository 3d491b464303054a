using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GenAI.Eval.Client;

/// <summary>Sends requests in OpenAI's shapes and turns refusals into sentences. Knows nothing of the server behind the address.</summary>
internal sealed class ApiClient(HttpClient http, Uri baseUrl, string? apiKey, TimeProvider time)
{
    public TimeProvider Time { get; } = time;

    public async Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Get, path, null, cancellationToken);
        return await ReadAsync(response, cancellationToken);
    }

    public async Task<JsonElement> PostAsync(string path, JsonObject body, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Post, path, JsonContent.Create(body), cancellationToken);
        return await ReadAsync(response, cancellationToken);
    }

    public async Task DeleteAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Delete, path, null, cancellationToken);
        await EnsureAsync(response, cancellationToken);
    }

    public async Task<JsonElement> UploadAsync(string fileName, Stream content, CancellationToken cancellationToken)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("assistants"), "purpose" },
            { new StreamContent(content), "file", fileName },
        };
        using var response = await SendAsync(HttpMethod.Post, "files", form, cancellationToken);
        return await ReadAsync(response, cancellationToken);
    }

    /// <summary>Posts and hands the open response back, for streams; the caller disposes it.</summary>
    public async Task<HttpResponseMessage> OpenStreamAsync(string path, JsonObject body, CancellationToken cancellationToken)
    {
        var response = await SendAsync(HttpMethod.Post, path, JsonContent.Create(body), cancellationToken);
        await EnsureAsync(response, cancellationToken);
        return response;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(baseUrl.AbsoluteUri.TrimEnd('/') + "/" + path));
        request.Content = content;
        if (apiKey is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
        }

        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw new EvalException($"{baseUrl} cannot be reached ({exception.HttpRequestError}). Start the server first, or check --base-url.", exception);
        }
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await EnsureAsync(response, cancellationToken);
        return await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
    }

    private static async Task EnsureAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            response.Dispose();
            throw new ApiException(response.StatusCode, $"{response.RequestMessage?.RequestUri?.AbsolutePath} answered {(int)response.StatusCode}: {Shorten(body)}");
        }
    }

    private static string Shorten(string text) => text.Length <= 500 ? text : text[..500];
}
