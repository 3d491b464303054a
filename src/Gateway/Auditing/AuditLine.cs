using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using GenAI.Gateway.Json;

namespace GenAI.Gateway.Auditing;

/// <summary>
/// Form of a line: a JSON object whose last field, <c>hash</c>, is the SHA-256 of all bytes before it, and whose
/// <c>prev</c> is the hash of the line before. Changing, dropping or inserting a line breaks the chain.
/// </summary>
internal static class AuditLine
{
    public const string FirstPrevious = "0000000000000000000000000000000000000000000000000000000000000000";

    private const int HashFieldLength = 75; // ,"hash":"<64 hex>"}

    /// <param name="lost">Entries between the line before and this one that could not be written; 0 as a rule, and then not said.</param>
    /// <returns>The line with its line feed, and its hash.</returns>
    public static (byte[] Line, string Hash) Format(AuditEntry entry, long sequence, string previous, long lost = 0)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, JsonResponse.WriterOptions))
        {
            Write(json, entry, sequence, previous, lost);
        }

        // The closing brace comes off so that the hash becomes the last field.
        var body = buffer.WrittenSpan[..^1];
        var hash = Convert.ToHexStringLower(SHA256.HashData(body));
        return ([.. body, .. ",\"hash\":\""u8, .. System.Text.Encoding.ASCII.GetBytes(hash), .. "\"}\n"u8], hash);
    }

    /// <summary>Checks one line (without its line feed) against its own hash.</summary>
    /// <returns>Its sequence number, its previous hash, its hash and the entries lost before it; null when the line is not intact.</returns>
    public static (long Sequence, string Previous, string Hash, long Lost)? TryRead(ReadOnlySpan<byte> line)
    {
        if (line.Length <= HashFieldLength)
        {
            return null;
        }

        var expected = Convert.ToHexStringLower(SHA256.HashData(line[..^HashFieldLength]));
        try
        {
            var reader = new Utf8JsonReader(line);
            using var document = JsonDocument.ParseValue(ref reader);
            var root = document.RootElement;
            return root.GetProperty("hash").GetString() == expected
                ? (root.GetProperty("seq").GetInt64(), root.GetProperty("prev").GetString() ?? "", expected, Lost(root))
                : null;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static long Lost(JsonElement root) => root.TryGetProperty("lost_before", out var lost) ? lost.GetInt64() : 0;

    private static void Write(Utf8JsonWriter json, AuditEntry entry, long sequence, string previous, long lost)
    {
        json.WriteStartObject();
        json.WriteNumber("seq"u8, sequence);
        if (lost > 0)
        {
            json.WriteNumber("lost_before"u8, lost);
        }

        json.WriteString("time"u8, entry.Time);
        json.WriteString("request_id"u8, entry.RequestId);
        json.WriteString("principal"u8, entry.Principal);
        json.WriteString("tenant"u8, entry.Tenant);
        json.WriteString("operation"u8, entry.Operation);
        json.WriteString("model"u8, entry.Model);
        json.WriteNumber("choice"u8, entry.Choice);
        json.WriteNumber("retry"u8, entry.RetryCount);
        json.WriteString("outcome"u8, entry.Outcome);
        json.WriteString("finish_reason"u8, entry.FinishReason);
        json.WriteString("answer_policy"u8, entry.AnswerPolicy);
        json.WriteString("failure"u8, entry.Failure);
        json.WriteNumber("input_tokens"u8, entry.InputTokens);
        json.WriteNumber("cached_input_tokens"u8, entry.CachedInputTokens);
        json.WriteNumber("output_tokens"u8, entry.OutputTokens);
        json.WriteString("usage_source"u8, entry.UsageSource);
        json.WriteNumber("duration_ms"u8, Math.Round(entry.Duration.TotalMilliseconds, 3));
        if (entry.TimeToFirstChunk is { } first)
        {
            json.WriteNumber("first_chunk_ms"u8, Math.Round(first.TotalMilliseconds, 3));
        }

        json.WriteStartArray("verdicts"u8);
        foreach (var verdict in entry.Verdicts)
        {
            json.WriteStartObject();
            json.WriteString("rail"u8, verdict.Rail);
            json.WriteString("stage"u8, verdict.Stage.ToString());
            json.WriteString("action"u8, verdict.Action.ToString());
            json.WriteString("reason"u8, verdict.Reason);
            json.WriteNumber("spans"u8, verdict.Spans.Count);
            json.WriteNumber("ms"u8, Math.Round(verdict.Duration.TotalMilliseconds, 3));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("prev"u8, previous);
        json.WriteEndObject();
    }
}
