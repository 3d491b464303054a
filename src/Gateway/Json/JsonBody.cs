using System.Text.Json;
using GenAI.Gateway.Errors;

namespace GenAI.Gateway.Json;

/// <summary>Reads a request body as one JSON object. The content type is not looked at: the SDKs are right, curl users forget it.</summary>
internal static class JsonBody
{
    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = 128 };

    /// <summary>The caller disposes the document; elements kept longer must be cloned.</summary>
    /// <exception cref="ApiException">The body is empty, not JSON (with the place), or not an object.</exception>
    public static async Task<JsonDocument> ReadObjectAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength == 0)
        {
            throw new ApiException(ApiErrors.Invalid("The request body is empty; send a JSON object.", code: "invalid_json"));
        }

        JsonDocument document;
        try
        {
            document = await JsonDocument.ParseAsync(request.Body, s_options, cancellationToken);
        }
        catch (JsonException exception)
        {
            throw new ApiException(ExceptionTranslator.InvalidJson(exception));
        }

        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            return document;
        }

        using (document)
        {
            throw new ApiException(ApiErrors.Invalid("The request body must be a JSON object.", code: "invalid_json"));
        }
    }
}
