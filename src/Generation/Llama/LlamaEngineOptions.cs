namespace GenAI.Generation.Llama;

/// <summary>Sizes of an engine. The defaults suit a small machine.</summary>
public sealed class LlamaEngineOptions
{
    /// <summary>Tokens that all sequences share, each of which may take all of them; the model's training context when null.</summary>
    public int? ContextTokens { get; set; }

    /// <summary>Requests that are decoded together.</summary>
    public int ParallelRequests { get; set; } = 8;

    /// <summary>Finished sequences beyond the parallel ones whose prefixes stay for reuse while there is room.</summary>
    public int CachedPrefixes { get; set; } = 10;

    /// <summary>
    /// Tokens of prefixes that are kept for reuse in main memory while others run; as many as the context holds when
    /// null. 0 leaves them all in the engine's cache, where they slow every step.
    /// </summary>
    public int? PrefixTokens { get; set; }

    /// <summary>Requests that may wait for a slot; one more is refused as busy.</summary>
    public int MaxQueued { get; set; } = 64;

    /// <summary>Threads that compute.</summary>
    public int Threads { get; set; } = Math.Min(2, Environment.ProcessorCount);

    /// <summary>Most prompt tokens of one step when nothing streams.</summary>
    public int PrefillTokens { get; set; } = 512;

    /// <summary>Most prompt tokens of one step while answers stream: fewer keep streams smooth, more make prompts quicker.</summary>
    public int PrefillTokensWhileStreaming { get; set; } = 64;
}
