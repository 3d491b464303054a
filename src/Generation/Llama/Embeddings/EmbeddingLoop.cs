using System.Numerics.Tensors;
using System.Threading.Channels;
using GenAI.Generation.Llama.Native;

namespace GenAI.Generation.Llama.Embeddings;

/// <summary>
/// The work of an embedding context's owner thread: takes waiting texts, of any callers, and computes as many together
/// as fit a batch, but no more than its share where others work beside it.
/// </summary>
internal sealed class EmbeddingLoop(NativeContext context, LlamaEmbeddingOptions options, int batchTokens, ChannelReader<EmbeddingJob> jobs)
{
    private readonly List<EmbeddingJob> _batch = [];

    // Read, and found too long for what was left of its batch: it opens the next one. Peeking first would not do, since
    // another thread may take the text between a look and the read.
    private EmbeddingJob? _left;

    /// <summary>Computes one batch of what waits.</summary>
    /// <returns>False when nothing waited.</returns>
    public bool Step()
    {
        Take();
        if (_batch.Count == 0)
        {
            return false;
        }

        try
        {
            Compute();
        }
#pragma warning disable CA1031 // The owner thread must outlive any fault; the callers get it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _batch.ForEach(job => job.Fail(exception));
        }

        return true;
    }

    /// <summary>Takes the next text that waits, without computing it; null when none does.</summary>
    public EmbeddingJob? Next()
    {
        if (_left is { } left)
        {
            _left = null;
            return left;
        }

        return jobs.TryRead(out var job) ? job : null;
    }

    private void Take()
    {
        _batch.Clear();
        var tokens = 0;
        while (_batch.Count < Share() && Next() is { } job)
        {
            if (tokens + job.Tokens.Length > batchTokens)
            {
                _left = job;
                return;
            }

            if (!job.TryCancel())
            {
                _batch.Add(job);
                tokens += job.Tokens.Length;
            }
        }
    }

    /// <summary>Texts of this batch: a few that wait are split between the threads, many fill the batch.</summary>
    private int Share()
    {
        var texts = _batch.Count + jobs.Count + (_left is null ? 0 : 1);
        return Math.Clamp((texts + options.Threads - 1) / options.Threads, 1, options.BatchTexts);
    }

    private void Compute()
    {
        context.ForgetAll();
        context.ClearBatch();
        for (var sequence = 0; sequence < _batch.Count; sequence++)
        {
            var tokens = _batch[sequence].Tokens;
            for (var position = 0; position < tokens.Length; position++)
            {
                context.AddToBatch(tokens[position], position, sequence, output: true);
            }
        }

        var status = context.Decode();
        if (status != DecodeStatus.Done)
        {
            throw new GenerationException(GenerationFailure.Engine, $"The engine could not compute the embeddings (status {(int)status}).");
        }

        for (var sequence = 0; sequence < _batch.Count; sequence++)
        {
            var vector = context.Embedding(sequence).ToArray();
            var length = TensorPrimitives.Norm(vector);
            if (length > 0)
            {
                TensorPrimitives.Divide(vector, length, vector);
            }

            _batch[sequence].Complete(vector);
        }
    }
}
