using System.Text.Json;
using GenAI.Gateway.Chain;
using GenAI.Generation;
using GenAI.Guardrails;
using Microsoft.Extensions.AI;

namespace GenAI.Gateway.Chat;

/// <summary>The whole answer of a request that did not ask for a stream.</summary>
internal static class ChatCompletionJson
{
    public static void Write(Utf8JsonWriter json, ChatCall call, IReadOnlyList<ChatResponse> responses)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, call.Identity.Id);
        json.WriteString("object"u8, "chat.completion"u8);
        json.WriteNumber("created"u8, call.Identity.Created);
        json.WriteString("model"u8, call.Identity.Model);
        json.WriteString("system_fingerprint"u8, call.Identity.Fingerprint);
        json.WriteStartArray("choices"u8);
        var usage = new ChatUsage();
        for (var choice = 0; choice < responses.Count; choice++)
        {
            WriteChoice(json, call.Request, responses[choice], choice);
            usage.Add(responses[choice].Usage, call.Scopes[choice].Usage);
        }

        json.WriteEndArray();
        json.WritePropertyName("usage"u8);
        usage.Write(json);
        if (PropertyOf(responses[0], ChainPropertyNames.AnswerPolicy) is { } policy)
        {
            json.WriteString("x_answer_policy"u8, policy);
        }

        json.WriteEndObject();
    }

    private static void WriteChoice(Utf8JsonWriter json, ChatRequest request, ChatResponse response, int index)
    {
        var contents = response.Messages.SelectMany(message => message.Contents).ToList();
        var refusal = PropertyOf(response, GuardrailPropertyNames.Refusal);
        var calls = contents.OfType<FunctionCallContent>().Take(request.Options.AllowMultipleToolCalls == false ? 1 : int.MaxValue).ToList();

        json.WriteStartObject();
        json.WriteNumber("index"u8, index);
        json.WriteStartObject("message"u8);
        json.WriteString("role"u8, "assistant"u8);
        WriteText(json, contents, calls.Count > 0 || refusal is not null);
        json.WriteString("refusal"u8, refusal);
        WriteReasoning(json, contents);
        AnnotationJson.Write(json, [.. contents.SelectMany(content => content.Annotations ?? []).OfType<CitationAnnotation>()]);
        WriteToolCalls(json, calls);
        json.WriteEndObject();
        WriteLogProbs(json, request, response);
        json.WriteString("finish_reason"u8, FinishReasons.Of(response.FinishReason ?? ChatFinishReason.Stop, calls.Count, refusal is not null));
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, List<AIContent> contents, bool mayBeNull)
    {
        var text = string.Concat(contents.OfType<TextContent>().Select(content => content.Text));
        json.WriteString("content"u8, text.Length == 0 && mayBeNull ? null : text);
    }

    private static void WriteReasoning(Utf8JsonWriter json, List<AIContent> contents)
    {
        var reasoning = string.Concat(contents.OfType<TextReasoningContent>().Select(content => content.Text));
        if (reasoning.Length > 0)
        {
            json.WriteString("reasoning_content"u8, reasoning);
        }
    }

    private static void WriteToolCalls(Utf8JsonWriter json, List<FunctionCallContent> calls)
    {
        if (calls.Count == 0)
        {
            return;
        }

        json.WriteStartArray("tool_calls"u8);
        foreach (var call in calls)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, call.CallId);
            json.WriteString("type"u8, "function"u8);
            json.WriteStartObject("function"u8);
            json.WriteString("name"u8, call.Name);
            json.WriteString("arguments"u8, ToolArguments.Json(call));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteLogProbs(Utf8JsonWriter json, ChatRequest request, ChatResponse response)
    {
        json.WritePropertyName("logprobs"u8);
        if (request.LogProbs
            && response.AdditionalProperties?.TryGetValue(GenerationOptionNames.LogProbs, out var value) == true
            && value is IReadOnlyList<TokenLogProb> tokens)
        {
            LogProbsJson.Write(json, tokens);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    private static string? PropertyOf(ChatResponse response, string name) =>
        response.AdditionalProperties?.TryGetValue(name, out var value) == true ? value as string : null;
}
