using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace GenAI.Generation.Remote;

/// <summary>Writes sampling options, tools and the response format into a request body.</summary>
internal static class ChatOptionsWriter
{
    public static void Write(Utf8JsonWriter writer, ChatOptions options)
    {
        WriteNumber(writer, "temperature", options.Temperature);
        WriteNumber(writer, "top_p", options.TopP);
        WriteNumber(writer, "top_k", options.TopK);
        WriteNumber(writer, "frequency_penalty", options.FrequencyPenalty);
        WriteNumber(writer, "presence_penalty", options.PresencePenalty);
        WriteNumber(writer, "max_tokens", options.MaxOutputTokens);
        WriteNumber(writer, "seed", options.Seed);
        if (options.StopSequences is { Count: > 0 } stops)
        {
            writer.WriteStartArray("stop");
            foreach (var stop in stops)
            {
                writer.WriteStringValue(stop);
            }

            writer.WriteEndArray();
        }

        WriteTools(writer, options);
        WriteResponseFormat(writer, options.ResponseFormat);
        WriteAdditional(writer, options.AdditionalProperties);
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } number)
        {
            // Through decimal text: the float 0.7 would otherwise go out as 0.69999998807.
            writer.WritePropertyName(name);
            writer.WriteRawValue(((float)number).ToString(CultureInfo.InvariantCulture), skipInputValidation: true);
        }
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, long? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, int? value) => WriteNumber(writer, name, (long?)value);

    private static void WriteNumber(Utf8JsonWriter writer, string name, float? value) => WriteNumber(writer, name, (double?)value);

    private static void WriteTools(Utf8JsonWriter writer, ChatOptions options)
    {
        var tools = options.Tools?.OfType<AIFunctionDeclaration>().ToList();
        if (tools is not { Count: > 0 })
        {
            return;
        }

        writer.WriteStartArray("tools");
        foreach (var tool in tools)
        {
            writer.WriteStartObject();
            writer.WriteString("type", "function");
            writer.WriteStartObject("function");
            writer.WriteString("name", tool.Name);
            writer.WriteString("description", tool.Description);
            writer.WritePropertyName("parameters");
            tool.JsonSchema.WriteTo(writer);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        WriteToolMode(writer, options.ToolMode);
        if (options.AllowMultipleToolCalls is { } several)
        {
            writer.WriteBoolean("parallel_tool_calls", several);
        }
    }

    private static void WriteToolMode(Utf8JsonWriter writer, ChatToolMode? mode)
    {
        switch (mode)
        {
            case NoneChatToolMode:
                writer.WriteString("tool_choice", "none");
                break;
            case RequiredChatToolMode { RequiredFunctionName: { } name }:
                writer.WriteStartObject("tool_choice");
                writer.WriteString("type", "function");
                writer.WriteStartObject("function");
                writer.WriteString("name", name);
                writer.WriteEndObject();
                writer.WriteEndObject();
                break;
            case RequiredChatToolMode:
                writer.WriteString("tool_choice", "required");
                break;
        }
    }

    private static void WriteResponseFormat(Utf8JsonWriter writer, ChatResponseFormat? format)
    {
        if (format is not ChatResponseFormatJson json)
        {
            return;
        }

        writer.WriteStartObject("response_format");
        if (json.Schema is { } schema)
        {
            writer.WriteString("type", "json_schema");
            writer.WriteStartObject("json_schema");
            writer.WriteString("name", json.SchemaName ?? "answer");
            writer.WritePropertyName("schema");
            schema.WriteTo(writer);
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteString("type", "json_object");
        }

        writer.WriteEndObject();
    }

    private static void WriteAdditional(Utf8JsonWriter writer, AdditionalPropertiesDictionary? additional)
    {
        if (additional is null)
        {
            return;
        }

        if (additional.TryGetValue(GenerationOptionNames.MinP, out double minP))
        {
            writer.WriteNumber("min_p", minP);
        }

        if (additional.TryGetValue(GenerationOptionNames.RepeatPenalty, out double penalty))
        {
            writer.WriteNumber("repeat_penalty", penalty);
        }

        if (additional.TryGetValue(GenerationOptionNames.Grammar, out string? grammar))
        {
            writer.WriteString("grammar", grammar);
        }

        if (additional.TryGetValue(GenerationOptionNames.TopLogProbs, out int alternatives))
        {
            writer.WriteBoolean("logprobs", true);
            writer.WriteNumber("top_logprobs", alternatives);
        }

        if (additional.TryGetValue(GenerationOptionNames.LogitBias, out IReadOnlyDictionary<int, double>? bias) && bias is not null)
        {
            writer.WriteStartObject("logit_bias");
            foreach (var (token, value) in bias)
            {
                writer.WriteNumber(token.ToString(CultureInfo.InvariantCulture), value);
            }

            writer.WriteEndObject();
        }
    }
}
