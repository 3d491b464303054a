using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Text.Json.Nodes;
using GenAI.Eval.Client;

namespace GenAI.Eval.Suites.Load;

/// <summary>Reads one chat stream and times it. Whatever goes wrong is a measured error: under load a refused connection is one too.</summary>
internal static class StreamProbe
{
    public static async Task<StreamMeasurement> MeasureAsync(ApiClient client, JsonObject body, CancellationToken cancellationToken)
    {
        var started = client.Time.GetTimestamp();
        try
        {
            using var response = await client.OpenStreamAsync("chat/completions", body, cancellationToken);
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            return await ReadAsync(client, started, stream, cancellationToken);
        }
        catch (Exception exception) when (exception is ApiException or EvalException or IOException or HttpRequestException or JsonException)
        {
            return new StreamMeasurement(0, Elapsed(client, started), 0, exception.Message);
        }
    }

    private static async Task<StreamMeasurement> ReadAsync(ApiClient client, long started, Stream stream, CancellationToken cancellationToken)
    {
        double? first = null;
        double last = 0;
        var chunks = 0;
        int? tokens = null;
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellationToken))
        {
            if (item.Data is "[DONE]" or "")
            {
                continue;
            }

            var chunk = JsonElement.Parse(item.Data);
            if (chunk.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object)
            {
                return new StreamMeasurement(0, Elapsed(client, started), 0, error.ToString());
            }

            if (HasText(chunk))
            {
                last = Elapsed(client, started);
                first ??= last;
                chunks++;
            }

            if (chunk.TryGetProperty("usage", out var usage) && usage.ValueKind == JsonValueKind.Object)
            {
                tokens = usage.GetProperty("completion_tokens").GetInt32();
            }
        }

        return first is { } time
            ? new StreamMeasurement(time, last, tokens ?? chunks, null)
            : new StreamMeasurement(0, Elapsed(client, started), 0, "the stream held no text");
    }

    private static bool HasText(JsonElement chunk) =>
        chunk.TryGetProperty("choices", out var choices)
        && choices.ValueKind == JsonValueKind.Array
        && choices.GetArrayLength() > 0
        && choices[0].TryGetProperty("delta", out var delta)
        && delta.TryGetProperty("content", out var content)
        && content.ValueKind == JsonValueKind.String
        && content.GetString()!.Length > 0;

    private static double Elapsed(ApiClient client, long started) => client.Time.GetElapsedTime(started).TotalMilliseconds;
}
