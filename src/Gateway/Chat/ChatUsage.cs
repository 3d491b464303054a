using System.Text.Json;
using GenAI.Gateway.Chain;
using Microsoft.Extensions.AI;

namespace GenAI.Gateway.Chat;

/// <summary>Token counts of a completion over all its choices. The prompt counts once, as the wire's clients expect.</summary>
internal sealed class ChatUsage
{
    private long _prompt;
    private long _cached;
    private long _completion;
    private long _reasoning;

    public void Add(UsageDetails? reported, UsageMeter meter)
    {
        _prompt = Math.Max(_prompt, reported?.InputTokenCount ?? meter.InputTokens);
        _cached = Math.Max(_cached, reported?.CachedInputTokenCount ?? meter.CachedInputTokens);
        _completion += reported?.OutputTokenCount ?? meter.OutputTokens;
        _reasoning += reported?.ReasoningTokenCount ?? 0;
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("prompt_tokens"u8, _prompt);
        json.WriteNumber("completion_tokens"u8, _completion);
        json.WriteNumber("total_tokens"u8, _prompt + _completion);
        json.WriteStartObject("prompt_tokens_details"u8);
        json.WriteNumber("cached_tokens"u8, _cached);
        json.WriteNumber("cache_write_tokens"u8, 0);
        json.WriteNumber("audio_tokens"u8, 0);
        json.WriteEndObject();
        json.WriteStartObject("completion_tokens_details"u8);
        json.WriteNumber("reasoning_tokens"u8, _reasoning);
        json.WriteNumber("audio_tokens"u8, 0);
        json.WriteNumber("accepted_prediction_tokens"u8, 0);
        json.WriteNumber("rejected_prediction_tokens"u8, 0);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
