using Microsoft.Extensions.AI;

namespace GenAI.Gateway.Chain;

/// <summary>One decorator between audit and route; registered from the inside out: retrieval first, then the guard.</summary>
internal sealed record ChainLayer(Func<IChatClient, IChatClient> Wrap);
