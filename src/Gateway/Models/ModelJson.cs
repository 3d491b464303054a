using System.Globalization;
using System.Text.Json;

namespace GenAI.Gateway.Models;

/// <summary>One model object that serves both OpenAI's and Anthropic's SDK, with our own facts under <c>meta</c>.</summary>
internal static class ModelJson
{
    public static void Write(Utf8JsonWriter json, ModelEntry entry)
    {
        var info = entry.Info;
        json.WriteStartObject();
        json.WriteString("id"u8, info.Id);
        json.WriteString("object"u8, "model"u8);
        json.WriteString("type"u8, "model"u8);
        json.WriteNumber("created"u8, info.Created.ToUnixTimeSeconds());
        json.WriteString("created_at"u8, info.Created.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        json.WriteString("owned_by"u8, info.OwnedBy);
        json.WriteString("display_name"u8, info.DisplayName ?? info.Id);
        WriteMeta(json, entry, info);
        json.WriteEndObject();
    }

    private static void WriteMeta(Utf8JsonWriter json, ModelEntry entry, ModelInfo info)
    {
        json.WriteStartObject("meta"u8);
        json.WriteString("kind"u8, info.Kind switch
        {
            ModelKind.Chat => "chat"u8,
            ModelKind.Embedding => "embedding"u8,
            _ => "extractive"u8,
        });
        json.WriteString("status"u8, entry.State switch
        {
            ModelState.Loading => "loading"u8,
            ModelState.Ready => "ready"u8,
            _ => "failed"u8,
        });
        WriteText(json, "failure", entry.Failure);
        WriteText(json, "description", info.Description);
        WriteText(json, "architecture", info.Architecture);
        WriteText(json, "quantization", info.Quantisation);
        WriteNumber(json, "context_length", info.ContextTokens);
        WriteNumber(json, "size_bytes", info.SizeBytes);
        WriteNumber(json, "parameters", info.ParameterCount);
        WriteNumber(json, "dimensions", info.Dimensions);
        WriteText(json, "alias_of", info.AliasOf);
        WriteText(json, "answer_policy", info.AnswerPolicy);
        WriteTexts(json, "vector_store_ids", info.VectorStoreIds);
        WriteTexts(json, "capabilities", info.Capabilities);
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
