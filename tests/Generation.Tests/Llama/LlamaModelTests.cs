using GenAI.Generation.Llama;
using Microsoft.Extensions.Logging;

namespace GenAI.Generation.Tests.Llama;

[Collection(LlamaCollection.Name)]
public sealed class LlamaModelTests(StarterModels models)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Metadata_SplitStarterModel_IsRead()
    {
        models.Chat.Architecture.ShouldBe("llama");
        models.Chat.TrainingContext.ShouldBe(8192);
        models.Chat.VocabularySize.ShouldBe(49152);
        models.Chat.ParameterCount.ShouldBeInRange(130_000_000, 140_000_000);
        models.Chat.SizeBytes.ShouldBeInRange(90_000_000, 110_000_000);
        models.Chat.ChatTemplate.ShouldNotBeNull().ShouldContain("<|im_start|>");
        models.Chat.EosText.ShouldBe("<|im_end|>");
        models.Chat.BosText.ShouldBe("<|im_start|>");
        models.Chat.Description.ShouldContain("Q4_1");
        models.Chat.IsEmbeddingModel.ShouldBeFalse();
        models.Chat.Metadata["general.architecture"].ShouldBe("llama");
    }

    [Fact]
    public void Metadata_EmbeddingModel_SaysSo()
    {
        models.Embedding.Architecture.ShouldBe("bert");
        models.Embedding.TrainingContext.ShouldBe(512);
        models.Embedding.EmbeddingSize.ShouldBe(384);
        models.Embedding.IsEmbeddingModel.ShouldBeTrue();
    }

    [Fact]
    public async Task Load_MissingFile_SaysWhich()
    {
        var failure = await Should.ThrowAsync<GenerationException>(() => LlamaModel.LoadAsync("/nowhere/at/all.gguf", cancellationToken: Token));

        failure.Failure.ShouldBe(GenerationFailure.ModelUnavailable);
        failure.Message.ShouldContain("all.gguf");
    }

    [Fact]
    public async Task Load_DamagedFile_SaysSo()
    {
        var file = Path.Combine(Path.GetTempPath(), $"damaged-{Guid.NewGuid():N}.gguf");
        var bytes = await File.ReadAllBytesAsync(StarterModels.EmbeddingPath, Token);
        await File.WriteAllBytesAsync(file, bytes[..(bytes.Length / 2)], Token);
        try
        {
            var failure = await Should.ThrowAsync<GenerationException>(() => LlamaModel.LoadAsync(file, cancellationToken: Token));

            failure.Failure.ShouldBe(GenerationFailure.ModelUnavailable);
            failure.Message.ShouldContain("damaged");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Load_LaterPart_NamesTheFirst()
    {
        var failure = await Should.ThrowAsync<GenerationException>(() => LlamaModel.LoadAsync(StarterModels.ChatPath.Replace("00001-of", "00002-of", StringComparison.Ordinal), cancellationToken: Token));

        failure.Message.ShouldContain("-00001-of-00002.gguf");
    }

    [Fact]
    public async Task Load_MissingPart_NamesIt()
    {
        var folder = Directory.CreateTempSubdirectory("genai-split");
        var first = Path.Combine(folder.FullName, "m-00001-of-00002.gguf");
        await File.WriteAllTextAsync(first, "GGUF", Token);
        try
        {
            var failure = await Should.ThrowAsync<GenerationException>(() => LlamaModel.LoadAsync(first, cancellationToken: Token));

            failure.Message.ShouldContain("m-00002-of-00002.gguf");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Load_EngineLog_GoesToTheLogger()
    {
        var log = new LineLogger();
        LlamaModel.UseLogger(log);
        var progress = new List<float>();
        using var model = await LlamaModel.LoadAsync(StarterModels.EmbeddingPath, progress: new ListProgress(progress), cancellationToken: Token);
        LlamaModel.UseLogger(Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);

        log.Lines.ShouldContain(line => line.Contains("bert", StringComparison.Ordinal));
        progress.ShouldNotBeEmpty();
        progress[^1].ShouldBe(1);
    }

    [Theory]
    [InlineData("Hello, world! Straße 日本語 🙂")]
    [InlineData("  leading and  double spaces\n\ttabs")]
    public void Tokenizer_Text_ComesBackFromItsTokens(string text)
    {
        var tokens = models.Chat.Tokenizer.Tokenize(text);
        var bytes = tokens.SelectMany(token => models.Chat.Tokenizer.Bytes(token).ToArray()).ToArray();

        System.Text.Encoding.UTF8.GetString(bytes).ShouldBe(text);
        models.Chat.Tokenizer.Count(text).ShouldBe(tokens.Length);
    }

    [Fact]
    public void Tokenizer_ManyThreads_CountTheSame()
    {
        var text = string.Join(' ', Enumerable.Range(0, 300));
        var expected = models.Chat.Tokenizer.Count(text);

        Enumerable.Range(0, 64).AsParallel().Select(_ => models.Chat.Tokenizer.Count(text)).ToList().ShouldAllBe(count => count == expected);
    }

    [Fact]
    public async Task Tokenizer_OfADisposedModel_SaysSo()
    {
        var model = await LlamaModel.LoadAsync(StarterModels.EmbeddingPath, cancellationToken: Token);
        model.Dispose();
        model.Dispose();

        Should.Throw<GenerationException>(() => model.Tokenizer.Count("some words")).Failure.ShouldBe(GenerationFailure.ModelUnavailable);
        Should.Throw<GenerationException>(() => model.Tokenizer.Bytes(1000)).Failure.ShouldBe(GenerationFailure.ModelUnavailable);
        Should.Throw<GenerationException>(() => model.Tokenizer.IsEnd(1000)).Failure.ShouldBe(GenerationFailure.ModelUnavailable);
        Should.Throw<ObjectDisposedException>(() => model.Native.TokenName(1000));
        Should.Throw<ObjectDisposedException>(() => model.Native.TryCreateGrammar("root ::= \"a\""));
    }

    [Fact]
    public async Task Dispose_WhileAnEmbedderRuns_KeepsTheTokenizerUntilItEnds()
    {
        var model = await LlamaModel.LoadAsync(StarterModels.EmbeddingPath, cancellationToken: Token);
        await using (var embedder = new LlamaEmbeddingGenerator(model, new LlamaEmbeddingOptions { Threads = 1 }))
        {
            model.Dispose();

            (await embedder.GenerateAsync(["some words"], cancellationToken: Token))[0].Vector.Length.ShouldBe(384);
        }

        Should.Throw<GenerationException>(() => model.Tokenizer.Count("some words"));
    }

    [Fact]
    public async Task Dispose_WhileManyTokenize_EndsThemWithAnErrorAndNotTheProcess()
    {
        var model = await LlamaModel.LoadAsync(StarterModels.EmbeddingPath, cancellationToken: Token);
        var text = string.Join(' ', Enumerable.Range(0, 200));
        using var started = new CountdownEvent(4);
        var callers = Enumerable.Range(0, started.InitialCount).Select(_ => Task.Run(() => CountUntilUnloaded(model, text, started), Token)).ToArray();
        started.Wait(Token);
        model.Dispose();

        (await Task.WhenAll(callers)).ShouldAllBe(failure => failure.Failure == GenerationFailure.ModelUnavailable);
    }

    private static GenerationException CountUntilUnloaded(LlamaModel model, string text, CountdownEvent started)
    {
        var isFirst = true;
        for (; ; )
        {
            try
            {
                model.Tokenizer.Count(text);
            }
            catch (GenerationException failure)
            {
                return failure;
            }

            if (isFirst)
            {
                isFirst = false;
                started.Signal();
            }
        }
    }

    private sealed class ListProgress(List<float> values) : IProgress<float>
    {
        public void Report(float value) => values.Add(value);
    }

    private sealed class LineLogger : ILogger
    {
        private readonly Lock _lock = new();
        private readonly List<string> _lines = [];

        public IReadOnlyList<string> Lines
        {
            get
            {
                lock (_lock)
                {
                    return [.. _lines];
                }
            }
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_lock)
            {
                _lines.Add(formatter(state, exception));
            }
        }
    }
}
