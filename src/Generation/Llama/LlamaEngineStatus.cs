namespace GenAI.Generation.Llama;

/// <summary>A moment's look at an engine.</summary>
/// <param name="Running">Requests that hold a slot.</param>
/// <param name="Queued">Requests that wait.</param>
/// <param name="PromptTokens">Prompt tokens computed since the start, reused ones not counted.</param>
/// <param name="CachedTokens">Prompt tokens whose computation was saved by a shared prefix.</param>
/// <param name="GeneratedTokens">Tokens sampled since the start.</param>
public sealed record LlamaEngineStatus(
    int Running,
    int Queued,
    int ParallelRequests,
    int ContextTokens,
    long PromptTokens,
    long CachedTokens,
    long GeneratedTokens,
    long FinishedRequests,
    long CancelledRequests);
