using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace GenAI.Generation.Remote;

/// <summary>Sends request bodies to one server and turns its refusals into <see cref="GenerationException"/>.</summary>
internal sealed class RemoteTransport(HttpClient http, RemoteModelOptions options)
{
    private const int MaxErrorBytes = 64 * 1024;

    public async Task<HttpResponseMessage> PostAsync(string path, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Endpoint(path));
        request.Content = new ReadOnlyMemoryContent(body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (options.ApiKey is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey);
        }

        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw new GenerationException(
                GenerationFailure.Upstream,
                $"The server of model '{options.Name}' cannot be reached ({exception.HttpRequestError}). Check that it runs and that its address is right.",
                exception);
        }

        if (response.IsSuccessStatusCode && !IsPage(response))
        {
            return response;
        }

        if (response.IsSuccessStatusCode)
        {
            response.Dispose();
            throw new GenerationException(
                GenerationFailure.Upstream,
                $"The address of model '{options.Name}' ({options.Endpoint(path)}) answers with a web page instead of the API. Check its BaseUrl, which mostly ends in /v1, and that no sign-in page or proxy stands before the server.");
        }

        using (response)
        {
            throw await RefusalAsync(response, cancellationToken);
        }
    }

    /// <summary>The failure that an error object in a body or a stream stands for.</summary>
    public GenerationException Failure(WireError? error, HttpStatusCode status)
    {
        var message = error?.Message ?? $"status {(int)status} without an explanation";
        var code = error?.Code is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
        var kind = status switch
        {
            _ when code == "context_length_exceeded" || error?.Type == "exceed_context_size_error" => GenerationFailure.ContextLengthExceeded,
            HttpStatusCode.TooManyRequests => GenerationFailure.Busy,
            HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => GenerationFailure.InvalidRequest,
            _ => GenerationFailure.Upstream,
        };
        return new GenerationException(kind, $"The server of model '{options.Name}' refused: {message}") { UpstreamStatus = (int)status };
    }

    private static bool IsPage(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType is { } type
        && (type.Equals("text/html", StringComparison.OrdinalIgnoreCase) || type.Equals("application/xhtml+xml", StringComparison.OrdinalIgnoreCase));

    private async Task<GenerationException> RefusalAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        WireError? error = null;
        try
        {
            await response.Content.LoadIntoBufferAsync(MaxErrorBytes, cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            error = JsonSerializer.Deserialize(body, WireJsonContext.Default.WireErrorBody)?.Error;
        }
        catch (Exception exception) when (exception is JsonException or HttpRequestException)
        {
            // A refusal that is not JSON still has its status.
        }

        return Failure(error, response.StatusCode);
    }
}
