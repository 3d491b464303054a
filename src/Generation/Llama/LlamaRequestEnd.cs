using Microsoft.Extensions.AI;

namespace GenAI.Generation.Llama;

/// <summary>A request that ended, with the engine's own counts.</summary>
/// <param name="Cancelled">Whether the caller went away before the end.</param>
public sealed record LlamaRequestEnd(string ModelId, UsageDetails Usage, bool Cancelled, TimeSpan Queued, ChatOptions? Options);
