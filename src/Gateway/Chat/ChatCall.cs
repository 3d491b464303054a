using GenAI.Gateway.Chain;
using GenAI.Gateway.Models;
using Microsoft.Extensions.AI;

namespace GenAI.Gateway.Chat;

/// <summary>A request that found its model, ready to run: one set of options and one scope for each choice.</summary>
internal sealed record ChatCall(
    ChatRequest Request,
    ModelInfo Target,
    ChatCompletionIdentity Identity,
    IReadOnlyList<ChatOptions> Options,
    IReadOnlyList<RequestScope> Scopes);
