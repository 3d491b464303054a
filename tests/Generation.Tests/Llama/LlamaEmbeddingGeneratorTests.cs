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
        _generator = new LlamaEmbeddingGenerator(models.Embedding, new LlamaEmbeddingOptions { Threads = 2, QueryPrefix = LlamaEmbeddingOptions.KnownQueryPrefix(models.Embedding.Name) });
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
    public async Task Generate_QuestionBehindManyPassages_IsAnsweredFirst()
    {
        var passage = string.Join(' ', Enumerable.Repeat("harbour", 300));
        var passages = _generator.GenerateAsync(Enumerable.Repeat(passage, 24), cancellationToken: Token);
        var question = _generator.GenerateAsync(["Where is the harbour?"], cancellationToken: Token);

        (await Task.WhenAny(passages, question)).ShouldBe(question);
        (await passages).Count.ShouldBe(24);
    }

    [Fact]
    public async Task Generate_QuestionBehindManyShortBackgroundCalls_IsAnsweredFirst()
    {
        var passage = string.Join(' ', Enumerable.Repeat("harbour", 300));
        var background = new EmbeddingGenerationOptions { AdditionalProperties = new AdditionalPropertiesDictionary { [LlamaEmbeddingGenerator.Priority] = LlamaEmbeddingGenerator.Background } };
        var passages = Task.WhenAll(Enumerable.Range(0, 24).Select(_ => _generator.GenerateAsync([passage], background, Token)));
        var question = _generator.GenerateAsync(["Where is the harbour?"], cancellationToken: Token);

        (await Task.WhenAny(passages, question)).ShouldBe(question);
        (await passages).Length.ShouldBe(24);
    }

    [Fact]
    public async Task Generate_TextLongerThanTheContext_IsCutAndSaysSo()
    {
        var vectors = await _generator.GenerateAsync(["short", string.Join(' ', Enumerable.Repeat("word", 2000))], cancellationToken: Token);

        vectors.Count.ShouldBe(2);
        var cut = vectors.AdditionalProperties![LlamaEmbeddingGenerator.TruncatedTokens].ShouldBeAssignableTo<IReadOnlyDictionary<int, int>>()!;
        cut.ShouldBe(new Dictionary<int, int> { [1] = 2002 - 512 });
    }

    [Fact]
    public async Task GenerateQueries_Prefix_ChangesTheVectorAsTheOptionDoes()
    {
        var plain = await _generator.GenerateAsync(["tides"], cancellationToken: Token);
        var query = await _generator.GenerateQueriesAsync(["tides"], Token);
        var byOption = await _generator.GenerateAsync(
            ["tides"],
            new EmbeddingGenerationOptions { AdditionalProperties = new AdditionalPropertiesDictionary { [LlamaEmbeddingGenerator.InputKind] = "query" } },
            Token);
        var byHand = await _generator.GenerateAsync(["Represent this sentence for searching relevant passages: tides"], cancellationToken: Token);

        Cosine(plain[0], query[0]).ShouldBeLessThan(0.99f);
        Cosine(query[0], byHand[0]).ShouldBeGreaterThan(0.9999f);
        Cosine(query[0], byOption[0]).ShouldBeGreaterThan(0.9999f);
    }

    [Fact]
    public async Task Generate_ManyCallersTogether_GetTheirOwnVectors()
    {
        string[] texts = [.. Enumerable.Range(0, 24).Select(i => $"Fact {i}: {(char)('a' + i)} comes before {(char)('b' + i)}.")];
        var together = await Task.WhenAll(texts.Select(text => _generator.GenerateAsync([text], cancellationToken: Token)));
        var reference = await _generator.GenerateAsync(texts, cancellationToken: Token);

        for (var i = 0; i < texts.Length; i++)
        {
            Cosine(together[i][0], reference[i]).ShouldBeGreaterThan(0.999f);
        }
    }

    [Fact]
    public async Task Generate_WrongDimensions_IsRefused() =>
        (await Should.ThrowAsync<GenerationException>(() => _generator.GenerateAsync(["x"], new EmbeddingGenerationOptions { Dimensions = 100 }, Token)))
            .Message.ShouldContain("384");

    [Fact]
    public async Task Generate_CancelledBefore_Throws()
    {
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => _generator.GenerateAsync(["x"], cancellationToken: cancel.Token));
    }

    [Fact]
    public async Task Generate_AfterDispose_SaysTheModelIsGone()
    {
        await _generator.DisposeAsync();

        (await Should.ThrowAsync<GenerationException>(() => _generator.GenerateAsync(["x"], cancellationToken: Token))).Failure.ShouldBe(GenerationFailure.ModelUnavailable);
    }

    [Fact]
    public async Task Dispose_WhileTextsWait_FailsThemInsteadOfComputingThem()
    {
        var calls = Enumerable.Range(0, 8)
            .Select(_ => _generator.GenerateAsync(Enumerable.Repeat(string.Join(' ', Enumerable.Repeat("word", 500)), 100), cancellationToken: Token))
            .ToList();

        await _generator.DisposeAsync();

        (await Should.ThrowAsync<GenerationException>(() => calls[^1])).Failure.ShouldBe(GenerationFailure.ModelUnavailable);
    }

    [Fact]
    public void Constructor_ChatModel_IsRefused() =>
        Should.Throw<GenerationException>(() => new LlamaEmbeddingGenerator(models.Chat)).Message.ShouldContain("not an embedding model");

    private static float Cosine(Embedding<float> left, Embedding<float> right) =>
        TensorPrimitives.CosineSimilarity(left.Vector.Span, right.Vector.Span);
}
