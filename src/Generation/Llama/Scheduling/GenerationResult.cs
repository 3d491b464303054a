namespace GenAI.Generation.Llama.Scheduling;

/// <summary>What a request came to, from the engine's own counters.</summary>
/// <param name="CachedTokens">Prompt tokens that a shared prefix saved; part of <paramref name="PromptTokens"/>.</param>
/// <param name="Scores">Natural-log probabilities of the scored tokens, for a scoring request.</param>
internal sealed record GenerationResult(
    GenerationFinish Finish,
    int PromptTokens,
    int CachedTokens,
    int GeneratedTokens,
    TimeSpan Queued,
    IReadOnlyList<double> Scores);
