using System.Numerics.Tensors;
using GenAI.Generation.Llama;
using Microsoft.Extensions.AI;

namespace GenAI.Generation.Tests.Llama;

[Collection(LlamaCollection.Name)]
public sealed class LlamaEmbeddingGeneratorTests(StarterModels models) : IAsyncLifetime
{
    private LlamaEmbeddingGenerator _generator = null!; // set before each test

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _generator = new LlamaEmbeddingGenerator(models.Embedding);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _generator.DisposeAsync();

    [Fact]
    public async Task Generate_Paraphrase_IsNearerThanAnotherSubject()
    {
        var vectors = await _generator.GenerateAsync(
            ["The cat sat on the mat.", "A cat was sitting on a rug.", "Interest rates rose by half a percent."],
            cancellationToken: Token);

        var near = Cosine(vectors[0], vectors[1]);
        near.ShouldBeGreaterThan(0.8f);
        Cosine(vectors[0], vectors[2]).ShouldBeLessThan(near - 0.25f);
        vectors.Select(vector => vector.Vector.Length).ShouldAllBe(length => length == 384);
        vectors.Select(vector => TensorPrimitives.Norm(vector.Vector.Span)).ShouldAllBe(length => Math.Abs(length - 1) < 1e-4f);
        vectors.Usage!.InputTokenCount.ShouldNotBeNull();
    }

    [Fact]
    public async Task Generate_InABatch_EqualsAlone()
    {
        string[] texts = [.. Enumerable.Range(0, 40).Select(i => $"Sentence number {i} speaks of {string.Join(' ', Enumerable.Repeat("rivers", i))}.")];
        var together = await _generator.GenerateAsync(texts, cancellationToken: Token);
        for (var i = 0; i < texts.Length; i += 13)
        {
            var alone = await _generator.GenerateAsync([texts[i]], cancellationToken: Token);
            Cosine(alone[0], together[i]).ShouldBeGreaterThan(0.999f);
        }
    }

    [Fact]
    public async Task Generate_TextLongerThanTheContext_IsCutAndSaysSo()
    {
        var vectors = await _generator.GenerateAsync(["short", string.Join(' ', Enumerable.Repeat("word", 2000))], cancellationToken: Token);

        vectors.Count.ShouldBe(2);
        var cut = vectors.AdditionalProperties![LlamaEmbeddingGenerator.TruncatedTokens].ShouldBeAssignableTo<IReadOnlyDictionary<int, int>>()!;
        cut.ShouldBe(new Dictionary<int, int> { [1] = 2002 - 512 });
    }

    private static float Cosine(Embedding<float> left, Embedding<float> right) =>
        TensorPrimitives.CosineSimilarity(left.Vector.Span, right.Vector.Span);
}
