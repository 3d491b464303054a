using System.Text.Json;
using GenAI.Generation;

namespace GenAI.Gateway.Chat;

/// <summary>The <c>logprobs</c> object of a choice.</summary>
internal static class LogProbsJson
{
    public static void Write(Utf8JsonWriter json, IReadOnlyList<TokenLogProb> tokens)
    {
        json.WriteStartObject();
        json.WriteStartArray("content"u8);
        foreach (var token in tokens)
        {
            json.WriteStartObject();
            WriteToken(json, token);
            json.WriteStartArray("top_logprobs"u8);
            foreach (var other in token.Top)
            {
                json.WriteStartObject();
                WriteToken(json, other);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNull("refusal"u8);
        json.WriteEndObject();
    }

    private static void WriteToken(Utf8JsonWriter json, TokenLogProb token)
    {
        json.WriteString("token"u8, token.Token);

        // JSON has no infinity; OpenAI writes -9999 for a token out of reach.
        json.WriteNumber("logprob"u8, double.IsFinite(token.LogProb) ? token.LogProb : -9999.0);
        json.WriteStartArray("bytes"u8);
        foreach (var value in token.Bytes)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }
}
