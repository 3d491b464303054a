using GenAI.Generation.Llama.Sampling;
using GenAI.Generation.Llama.Text;

namespace GenAI.Generation.Llama.Scheduling;

/// <summary>A request that was admitted: its tokens so far and what samples and shows them. Used by the owner thread alone.</summary>
internal sealed class ActiveSequence(GenerationRequest request, TokenSampler sampler, TimeSpan queued)
{
    public GenerationRequest Request { get; } = request;

    public TokenSampler Sampler { get; } = sampler;

    public TimeSpan Queued { get; } = queued;

    public GeneratedText Text { get; } = new(request.Stops, byToken: request.Sampling.TopLogProbs is not null);

    /// <summary>Null where an answer may repeat itself as long as it likes.</summary>
    public RepetitionGuard? Repetition { get; } = request.RepetitionLimit > 0 ? new RepetitionGuard(request.RepetitionLimit) : null;

    /// <summary>Prompt and generated tokens; the slot's tokens are those of them that were computed.</summary>
    public List<int> Tokens { get; } = [.. request.Prompt];

    /// <summary>Null while the sequence was sent back to wait for room.</summary>
    public Slot? Slot { get; set; }

    /// <summary>Tokens of the slot that belong to another running sequence too.</summary>
    public int SharedTokens { get; set; }

    /// <summary>That sequence's slot.</summary>
    public Slot? SharedWith { get; set; }

    public int CachedTokens { get; set; }

    public int Generated => Tokens.Count - Request.Prompt.Length;

    public int Remaining => Tokens.Count - Slot!.Tokens.Count;

    /// <summary>Tokens of the batch that is being computed.</summary>
    public int BatchTokens { get; set; }

    /// <summary>Batch index of the first of them.</summary>
    public int BatchStart { get; set; }

    public List<double> Scores { get; } = [];

    public GenerationResult Result(GenerationFinish finish) =>
        new(finish, Request.Prompt.Length, CachedTokens, Generated, Queued, Scores);
}
