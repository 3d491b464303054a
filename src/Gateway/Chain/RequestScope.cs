using GenAI.Gateway.Security;
using Microsoft.Extensions.AI;

namespace GenAI.Gateway.Chain;

/// <summary>What travels beside one call of the chain: who asked, and what the model did so far.</summary>
/// <remarks>One writer at a time: the call that it belongs to.</remarks>
internal sealed class RequestScope(string requestId, Principal principal, int choice = 0)
{
    /// <summary>Key in <c>ChatOptions.AdditionalProperties</c>.</summary>
    public const string Key = "genai.request_scope";

    public string RequestId => requestId;

    public Principal Principal => principal;

    /// <summary>Which of the <c>n</c> answers this call makes.</summary>
    public int Choice => choice;

    /// <summary>The SDK's count of attempts; a retry of the same request is billed once by whoever sums the log up.</summary>
    public int RetryCount { get; init; }

    public UsageMeter Usage { get; } = new();

    public static RequestScope? Of(ChatOptions? options) =>
        options?.AdditionalProperties?.TryGetValue(Key, out var value) == true ? value as RequestScope : null;
}
