using System.Numerics.Tensors;
using GenAI.Generation.Llama;
using GenAI.Retrieval.Collections;
using Microsoft.Extensions.AI;

namespace GenAI.Pipelines.Ingestion;

/// <summary>Gives chunks their vectors, a batch at a time.</summary>
/// <remarks>A passage longer than the model's context is embedded in pieces whose mean, weighted by length, stands for it.</remarks>
internal static class ChunkEmbedder
{
    /// <summary>Few, so that progress shows and a question waits for little; the model fills its own batches across calls.</summary>
    private const int TextsPerBatch = 8;

    /// <summary>Room for the model's own special tokens.</summary>
    private const int SpecialTokens = 4;

    /// <summary>However little a batch holds, nobody waits behind it.</summary>
    private static readonly EmbeddingGenerationOptions s_background = new()
    {
        AdditionalProperties = new AdditionalPropertiesDictionary { [LlamaEmbeddingGenerator.Priority] = LlamaEmbeddingGenerator.Background },
    };

    /// <summary>The passages with their vectors.</summary>
    public static async Task<List<Chunk>> EmbedAsync(
        EmbeddingModel model, string fileName, IReadOnlyList<Chunk> passages, Action<int> embedded, CancellationToken cancellationToken)
    {
        var chunks = new List<Chunk>(passages.Count);
        foreach (var batch in passages.Chunk(TextsPerBatch))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var pieces = batch.Select(passage => Split(model, model.PassagePrefix + PassageText.Of(fileName, passage))).ToList();
            var vectors = await GenerateAsync(model, pieces.SelectMany(texts => texts), s_background, cancellationToken);
            var next = 0;
            foreach (var (passage, texts) in batch.Zip(pieces))
            {
                chunks.Add(passage with { Vector = Mean(vectors.GetRange(next, texts.Count), texts, model.Dimensions) });
                next += texts.Count;
            }

            embedded(chunks.Count);
        }

        return chunks;
    }

    /// <summary>The vector of a question.</summary>
    public static async Task<ReadOnlyMemory<float>> EmbedQueryAsync(EmbeddingModel model, string query, CancellationToken cancellationToken)
    {
        var pieces = Split(model, model.QueryPrefix + query);
        return Mean(await GenerateAsync(model, pieces, options: null, cancellationToken), pieces, model.Dimensions);
    }

    private static async Task<List<ReadOnlyMemory<float>>> GenerateAsync(
        EmbeddingModel model, IEnumerable<string> texts, EmbeddingGenerationOptions? options, CancellationToken cancellationToken)
    {
        var vectors = new List<ReadOnlyMemory<float>>();
        foreach (var batch in texts.Chunk(TextsPerBatch))
        {
            var generated = await model.Generator.GenerateAsync(batch, options, cancellationToken);
            if (generated.Count != batch.Length)
            {
                throw new InvalidOperationException($"The embedding model '{model.Name}' gave {generated.Count} vectors for {batch.Length} texts.");
            }

            vectors.AddRange(generated.Select(embedding => embedding.Vector));
        }

        return vectors;
    }

    private static float[] Mean(List<ReadOnlyMemory<float>> vectors, IReadOnlyList<string> texts, int dimensions)
    {
        var sum = new float[dimensions];
        foreach (var (vector, text) in vectors.Zip(texts))
        {
            TensorPrimitives.MultiplyAdd(vector.Span, text.Length, sum, sum);
        }

        var norm = TensorPrimitives.Norm<float>(sum);
        if (norm > 0)
        {
            TensorPrimitives.Divide(sum, norm, sum);
        }

        return sum;
    }

    private static List<string> Split(EmbeddingModel model, string text)
    {
        var room = model.MaxTokens - SpecialTokens;
        var pieces = new List<string>();
        var pending = new Stack<string>([text]);
        while (pending.TryPop(out var piece))
        {
            if (piece.Length <= 1 || model.Tokenizer.Count(piece) <= room)
            {
                pieces.Add(piece);
                continue;
            }

            var middle = Middle(piece);
            pending.Push(piece[middle..]);
            pending.Push(piece[..middle]);
        }

        return pieces;
    }

    /// <summary>A place near the middle between two words, and never inside a surrogate pair.</summary>
    private static int Middle(string text)
    {
        var half = text.Length / 2;
        var space = text.LastIndexOf(' ', half, half / 2);
        var cut = space > 0 ? space : half;
        return char.IsLowSurrogate(text[cut]) ? cut + 1 : cut;
    }
}
