using System.Numerics.Tensors;
using System.Text;

namespace GenAI.Generation.Llama.Sampling;

/// <summary>Log-probabilities under the model's own distribution (temperature 1, no penalties).</summary>
internal static class LogProbs
{
    /// <summary>The natural log of the sum of exponentials, computed against the maximum so that it does not overflow.</summary>
    public static double LogSumExp(ReadOnlySpan<float> logits)
    {
        var best = TensorPrimitives.Max(logits);
        var sum = 0.0;
        foreach (var logit in logits)
        {
            var distance = logit - best;
            if (distance > -30)
            {
                sum += MathF.Exp(distance);
            }
        }

        return best + Math.Log(sum);
    }

    public static TokenLogProb Report(ReadOnlySpan<float> logits, int token, int alternatives, LlamaTokenizer tokenizer)
    {
        var normaliser = LogSumExp(logits);
        return Describe(logits, token, normaliser, tokenizer, [.. Top(logits, alternatives).Select(Alternative(logits.ToArray(), normaliser, tokenizer))]);
    }

    private static Func<int, TokenLogProb> Alternative(float[] logits, double normaliser, LlamaTokenizer tokenizer) =>
        id => Describe(logits, id, normaliser, tokenizer, []);

    private static TokenLogProb Describe(ReadOnlySpan<float> logits, int token, double normaliser, LlamaTokenizer tokenizer, IReadOnlyList<TokenLogProb> top)
    {
        var bytes = tokenizer.Bytes(token, special: true);
        return new TokenLogProb(Encoding.UTF8.GetString(bytes.Span), logits[token] - normaliser, bytes.ToArray(), top);
    }

    private static List<int> Top(ReadOnlySpan<float> logits, int count)
    {
        var heap = new PriorityQueue<int, float>();
        for (var i = 0; count > 0 && i < logits.Length; i++)
        {
            if (heap.Count < count)
            {
                heap.Enqueue(i, logits[i]);
            }
            else if (heap.TryPeek(out _, out var least) && logits[i] > least)
            {
                heap.DequeueEnqueue(i, logits[i]);
            }
        }

        var ids = new List<int>(heap.Count);
        while (heap.TryDequeue(out var id, out _))
        {
            ids.Add(id);
        }

        ids.Reverse();
        return ids;
    }
}
