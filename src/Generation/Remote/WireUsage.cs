using Microsoft.Extensions.AI;

namespace GenAI.Generation.Remote;

internal sealed record WireUsage(long? PromptTokens, long? CompletionTokens, long? TotalTokens, WirePromptDetails? PromptTokensDetails)
{
    public UsageDetails ToUsage() => new()
    {
        InputTokenCount = PromptTokens,
        OutputTokenCount = CompletionTokens,
        TotalTokenCount = TotalTokens,
        CachedInputTokenCount = PromptTokensDetails?.CachedTokens,
    };
}
