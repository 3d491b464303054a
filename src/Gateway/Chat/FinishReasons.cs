using Microsoft.Extensions.AI;

namespace GenAI.Gateway.Chat;

/// <summary>The wire's word for how an answer ended. It comes from the engine, never from having seen a delta: half a tool call ends with length.</summary>
internal static class FinishReasons
{
    public static string Of(ChatFinishReason reason, int toolCalls, bool refused)
    {
        if (refused || reason == ChatFinishReason.ContentFilter)
        {
            return "content_filter";
        }

        if (reason == ChatFinishReason.Length)
        {
            return "length";
        }

        return toolCalls > 0 ? "tool_calls" : "stop";
    }
}
