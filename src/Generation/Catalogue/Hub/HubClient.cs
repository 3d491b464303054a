using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace GenAI.Generation.Catalogue.Hub;

/// <summary>Lists and fetches files of a model hub. The only part of the engine that opens a connection on its own account.</summary>
internal sealed class HubClient(HttpClient http, HubOptions options)
{
    /// <summary>All files of a repository at a revision.</summary>
    public async Task<IReadOnlyList<HubFile>> ListAsync(ModelReference reference, CancellationToken cancellationToken)
    {
        using var request = Request($"api/models/{reference.Repository}/tree/{reference.Revision}?recursive=true");
        using var response = await SendAsync(request, reference, cancellationToken);
        return await response.Content.ReadFromJsonAsync(HubJsonContext.Default.ListHubFile, cancellationToken) ?? [];
    }

    /// <summary>Opens a file from <paramref name="offset"/>; the answer says through its status whether the offset was honoured.</summary>
    public async Task<HttpResponseMessage> OpenAsync(ModelReference reference, HubFile file, long offset, CancellationToken cancellationToken)
    {
        using var request = Request($"{reference.Repository}/resolve/{reference.Revision}/{EscapePath(file.Path)}");
        if (offset > 0)
        {
            request.Headers.Range = new RangeHeaderValue(offset, null);
        }

        return await SendAsync(request, reference, cancellationToken);
    }

    private static string EscapePath(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    private HttpRequestMessage Request(string path)
    {
        if (options.Offline)
        {
            throw new GenerationException(
                GenerationFailure.Upstream,
                "Offline: no call leaves this machine. Pull without --offline, or copy the GGUF file into the model folder.");
        }

        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(options.Endpoint.AbsoluteUri.TrimEnd('/') + "/" + path));
        if (options.Token is not null)
        {
            // The handler drops this header when the hub redirects to its storage.
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.Token);
        }

        return request;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, ModelReference reference, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw new GenerationException(
                GenerationFailure.Upstream,
                $"{options.Endpoint.Host} cannot be reached ({exception.Message}). Without internet, copy the GGUF file into the model folder; a mirror is set with HF_ENDPOINT.",
                exception);
        }

        if (response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            return response;
        }

        var status = response.StatusCode;
        response.Dispose();
        throw new GenerationException(GenerationFailure.Upstream, Explain(status, reference)) { UpstreamStatus = (int)status };
    }

    private string Explain(HttpStatusCode status, ModelReference reference) => status switch
    {
        HttpStatusCode.NotFound => $"The hub has no {reference.Repository} at revision {reference.Revision}. Check the spelling; a private one needs HF_TOKEN.",
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden when options.Token is null =>
            $"{reference.Repository} needs a token (or does not exist). Set HF_TOKEN to one that may read it.",
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
            $"The token in HF_TOKEN may not read {reference.Repository}. Accept the model's terms on its page, or use another token.",
        HttpStatusCode.TooManyRequests => "The hub asks to wait (429). Try again in a few minutes.",
        _ => $"The hub answered {(int)status} for {reference.Repository}. Try again later.",
    };
}
