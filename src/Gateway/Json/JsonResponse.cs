using System.Text.Encodings.Web;
using System.Text.Json;

namespace GenAI.Gateway.Json;

/// <summary>Sends a JSON body written straight into the response's pipe.</summary>
internal static class JsonResponse
{
    public static JsonWriterOptions WriterOptions { get; } = new()
    {
        // Not for HTML: an answer's "é" or "<" stays readable and small.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    public static async Task WriteAsync<TState>(
        HttpResponse response, TState state, Action<Utf8JsonWriter, TState> write, CancellationToken cancellationToken)
    {
        response.ContentType = "application/json; charset=utf-8";
        using (var json = new Utf8JsonWriter(response.BodyWriter, WriterOptions))
        {
            write(json, state);
        }

        await response.BodyWriter.FlushAsync(cancellationToken);
    }
}
