using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace GenAI.Gateway.Embeddings;

/// <summary>The answer of an embeddings request, vectors as numbers or as base64 of little-endian float32.</summary>
internal static class EmbeddingsJson
{
    public static void Write(Utf8JsonWriter json, EmbeddingsRequest request, GeneratedEmbeddings<Embedding<float>> embeddings)
    {
        json.WriteStartObject();
        json.WriteString("object"u8, "list"u8);
        json.WriteStartArray("data"u8);
        for (var index = 0; index < embeddings.Count; index++)
        {
            json.WriteStartObject();
            json.WriteString("object"u8, "embedding"u8);
            json.WriteNumber("index"u8, index);
            WriteVector(json, embeddings[index].Vector.Span, request.Base64);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("model"u8, request.Model);
        var tokens = embeddings.Usage?.InputTokenCount ?? 0;
        json.WriteStartObject("usage"u8);
        json.WriteNumber("prompt_tokens"u8, tokens);
        json.WriteNumber("total_tokens"u8, tokens);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteVector(Utf8JsonWriter json, ReadOnlySpan<float> vector, bool base64)
    {
        if (!base64)
        {
            json.WriteStartArray("embedding"u8);
            foreach (var value in vector)
            {
                json.WriteNumberValue(value);
            }

            json.WriteEndArray();
            return;
        }

        if (BitConverter.IsLittleEndian)
        {
            json.WriteBase64String("embedding"u8, MemoryMarshal.AsBytes(vector));
            return;
        }

        var bytes = ArrayPool<byte>.Shared.Rent(vector.Length * sizeof(float));
        for (var i = 0; i < vector.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), vector[i]);
        }

        json.WriteBase64String("embedding"u8, bytes.AsSpan(0, vector.Length * sizeof(float)));
        ArrayPool<byte>.Shared.Return(bytes);
    }
}
