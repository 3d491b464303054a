using GenAI.Generation.Llama.Native;

namespace GenAI.Generation.Llama.Scheduling;

/// <summary>
/// Chooses what one step computes: the next token of every running answer, then pieces of prompts, smaller ones while
/// answers stream. Used by the owner thread alone.
/// </summary>
/// <param name="maxOutputs">Tokens of one batch that may have outputs.</param>
internal sealed class BatchFiller(NativeContext context, LlamaEngineOptions options, int maxOutputs)
{
    /// <summary>Puts tokens of the sequences into the context's batch and notes where they stand in it.</summary>
    public void Fill(IReadOnlyList<ActiveSequence> active)
    {
        context.ClearBatch();
        var streaming = false;
        foreach (var sequence in active)
        {
            sequence.BatchTokens = 0;
            if (sequence.Remaining == 1)
            {
                streaming |= sequence.Generated > 0;
                AddTokens(sequence, 1);
            }
        }

        var budget = streaming ? options.PrefillTokensWhileStreaming : options.PrefillTokens;
        var outputs = maxOutputs - options.ParallelRequests;
        foreach (var sequence in active.Where(sequence => sequence.BatchTokens == 0))
        {
            // Scored tokens need room for their outputs, those before them do not.
            var silent = sequence.Request.ScoreFrom is { } from ? Math.Max(0, from - 1 - sequence.Slot!.Tokens.Count) : int.MaxValue - outputs;
            var count = Math.Min(Math.Min(sequence.Remaining, budget), silent + outputs);
            if (count > 0)
            {
                AddTokens(sequence, count);
                budget -= count;
                outputs -= Math.Max(0, count - silent);
            }
        }
    }

    private void AddTokens(ActiveSequence sequence, int count)
    {
        var position = sequence.Slot!.Tokens.Count;
        sequence.BatchStart = context.BatchCount;
        sequence.BatchTokens = count;
        for (var i = 0; i < count; i++)
        {
            var last = position + 1 == sequence.Tokens.Count;
            var scored = sequence.Request.ScoreFrom is { } from && position + 1 >= from && !last;
            context.AddToBatch(sequence.Tokens[position], position, sequence.Slot.Id, last || scored);
            position++;
        }
    }
}
