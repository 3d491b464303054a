using System.Threading.Channels;
using GenAI.Generation.Llama.Embeddings;
using GenAI.Generation.Llama.Native;
using Microsoft.Extensions.AI;

namespace GenAI.Generation.Llama;

/// <summary>
/// A local embedding model: vectors of length 1, pooled as the model's file says. Texts of all callers are computed
/// together. Short calls, behind which somebody waits, have threads of their own and the right of way over long ones.
/// Safe for concurrent use.
/// </summary>
/// <remarks>
/// Each thread has a context and texts of its own instead of a share of every matrix: threads that split one batch wait
/// for each other several hundred times in it, spinning, which on a machine with other work costs more than the batch.
/// </remarks>
public sealed class LlamaEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>, IAsyncDisposable
{
    /// <summary>Key of <see cref="EmbeddingGenerationOptions"/>.AdditionalProperties: "query" puts the model's query prefix before every text.</summary>
    public const string InputKind = "input_kind";

    /// <summary>Key of <see cref="EmbeddingGenerationOptions"/>.AdditionalProperties: <see cref="Background"/> lets all other calls go before this one, however short it is.</summary>
    public const string Priority = "priority";

    public const string Background = "background";

    /// <summary>Key of the AdditionalProperties of the result: number of tokens (int) that were cut from texts longer than the model's context, by index (IReadOnlyDictionary&lt;int, int&gt;).</summary>
    public const string TruncatedTokens = "truncated_tokens";

    /// <summary>A call of no more tokens than these is a question or the sentences of an answer; one of more is work in the background.</summary>
    private const int UrgentTokens = 1024;

    private readonly LlamaModel _model;
    private readonly LlamaEmbeddingOptions _options;
    private readonly List<NativeContext> _contexts = [];
    private readonly Channel<EmbeddingJob> _urgent = Channel.CreateUnbounded<EmbeddingJob>();
    private readonly Channel<EmbeddingJob> _background = Channel.CreateUnbounded<EmbeddingJob>();
    private readonly EmbeddingGeneratorMetadata _metadata;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _maxTokens;
    private int _calls;
    private int _running;
    private volatile bool _stopping;

    /// <exception cref="GenerationException">The model has no pooled embeddings, or the context cannot be made.</exception>
    public LlamaEmbeddingGenerator(LlamaModel model, LlamaEmbeddingOptions? options = null)
    {
        _model = model;
        _options = options ?? new LlamaEmbeddingOptions { QueryPrefix = LlamaEmbeddingOptions.KnownQueryPrefix(model.Name) };
        _maxTokens = Math.Min(model.TrainingContext, 8192);
        var batch = Math.Max(_options.BatchTokens, _maxTokens);
        var urgentBatch = Math.Min(batch, UrgentTokens);
        CreateContexts(urgentBatch, batch);
        _metadata = new EmbeddingGeneratorMetadata("llama.cpp", defaultModelId: model.Name, defaultModelDimensions: model.EmbeddingSize);

        // The channels are not bounded by texts but by calls (see GenerateAsync): a call of a thousand texts is one caller's work.
        _running = _contexts.Count;
        for (var index = 0; index < _contexts.Count; index++)
        {
            var context = _contexts[index];
            var (jobs, tokens) = index < _options.Threads ? (_urgent.Reader, urgentBatch) : (_background.Reader, batch);
            new Thread(() => Run(context, new EmbeddingLoop(context, _options, tokens, jobs), jobs)) { IsBackground = true, Name = $"llama {model.Name}" }.Start();
        }
    }

    /// <summary>Tokens that one text may have, the two or so that the model adds included.</summary>
    public int MaxTokens => _maxTokens;

    public int Dimensions => _model.EmbeddingSize;

    /// <summary>Embeds search queries, with the model's query prefix before each.</summary>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateQueriesAsync(IEnumerable<string> queries, CancellationToken cancellationToken = default) =>
        EmbedAsync(queries, query: true, background: false, dimensions: null, cancellationToken);

    /// <inheritdoc/>
    /// <remarks>A text longer than the model's context is cut at its end, which <see cref="TruncatedTokens"/> tells.</remarks>
    /// <exception cref="GenerationException">Too many calls wait, a text is empty, or the engine failed.</exception>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var query = options?.AdditionalProperties?.GetValueOrDefault(InputKind)?.ToString() == "query";
        var background = options?.AdditionalProperties?.GetValueOrDefault(Priority)?.ToString() == Background;
        return EmbedAsync(values, query, background, options?.Dimensions, cancellationToken);
    }

    /// <summary>Answers for <see cref="EmbeddingGeneratorMetadata"/>, <see cref="ITextTokenizer"/>, <see cref="LlamaModel"/> and this type.</summary>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        object[] services = [this, _metadata, _model, _model.Tokenizer];
        return serviceKey is null ? Array.Find(services, serviceType.IsInstanceOfType) : null;
    }

    /// <summary>Fails what waits, ends the owner threads and frees their contexts; the model stays the caller's.</summary>
    public void Dispose()
    {
        _stopping = true;
        _urgent.Writer.TryComplete();
        _background.Writer.TryComplete();
    }

    /// <inheritdoc cref="Dispose"/>
    public async ValueTask DisposeAsync()
    {
        Dispose();
        await _stopped.Task;
    }

    private async Task<GeneratedEmbeddings<Embedding<float>>> EmbedAsync(IEnumerable<string> values, bool query, bool background, int? dimensions, CancellationToken cancellationToken)
    {
        if (dimensions is { } wanted && wanted != Dimensions)
        {
            throw new GenerationException(GenerationFailure.InvalidRequest, $"The model {_model.Name} makes vectors of {Dimensions} dimensions; it cannot make {wanted}.");
        }

        if (Interlocked.Increment(ref _calls) > _options.MaxQueued)
        {
            Interlocked.Decrement(ref _calls);
            throw new GenerationException(GenerationFailure.Busy, $"The model {_model.Name} has {_options.MaxQueued} embedding calls waiting already: try again shortly.");
        }

        try
        {
            return await EmbedAllAsync(values, query ? _options.QueryPrefix : string.Empty, background, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _calls);
        }
    }

    private async Task<GeneratedEmbeddings<Embedding<float>>> EmbedAllAsync(IEnumerable<string> values, string prefix, bool background, CancellationToken cancellationToken)
    {
        var cut = new Dictionary<int, int>();
        var texts = new List<int[]>();
        foreach (var value in values)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (tokens, removed) = Tokens(prefix + value);
            if (removed > 0)
            {
                cut[texts.Count] = removed;
            }

            texts.Add(tokens);
        }

        var count = texts.Sum(tokens => tokens.Length);
        var channel = background || count > UrgentTokens ? _background : _urgent;
        var jobs = texts.ConvertAll(tokens => new EmbeddingJob(tokens, cancellationToken));
        foreach (var job in jobs)
        {
            if (!channel.Writer.TryWrite(job))
            {
                throw Unloading();
            }
        }

        var result = new GeneratedEmbeddings<Embedding<float>>(jobs.Count);
        foreach (var job in jobs)
        {
            result.Add(new Embedding<float>(await job.Vector.WaitAsync(cancellationToken)) { ModelId = _model.Name });
        }

        result.Usage = new UsageDetails { InputTokenCount = count, TotalTokenCount = count };
        if (cut.Count > 0)
        {
            result.AdditionalProperties = new AdditionalPropertiesDictionary { [TruncatedTokens] = cut };
        }

        return result;
    }

    /// <summary>The text's tokens between the model's special ones, cut so that these stay in place.</summary>
    private (int[] Tokens, int Removed) Tokens(string text)
    {
        var tokens = _model.Tokenizer.Tokenize(text, addSpecial: true);
        if (tokens.Length == 0)
        {
            throw new GenerationException(GenerationFailure.InvalidRequest, "A text to embed is empty.");
        }

        var removed = tokens.Length - _maxTokens;
        if (removed <= 0)
        {
            return (tokens, 0);
        }

        var last = tokens[^1];
        tokens = tokens[.._maxTokens];
        tokens[^1] = last;
        return (tokens, removed);
    }

    private void Run(NativeContext context, EmbeddingLoop loop, ChannelReader<EmbeddingJob> jobs)
    {
        if (jobs == _background.Reader)
        {
            ThreadPriorities.GiveWay();
        }

        // A thread of its own may block: nothing else runs on it.
        while (!_stopping && (loop.Step() || jobs.WaitToReadAsync().AsTask().GetAwaiter().GetResult()))
        {
        }

        while (loop.Next() is { } job)
        {
            job.Fail(Unloading());
        }

        context.Dispose();
        if (Interlocked.Decrement(ref _running) == 0)
        {
            _stopped.SetResult();
        }
    }

    private GenerationException Unloading() => new(GenerationFailure.ModelUnavailable, $"The model {_model.Name} is being unloaded.");

    /// <summary>A context for each thread: first those of urgent calls, then those of the background.</summary>
    private void CreateContexts(int urgentBatch, int batch)
    {
        try
        {
            while (_contexts.Count < 2 * _options.Threads)
            {
                _contexts.Add(CreateContext(_model, _contexts.Count < _options.Threads ? urgentBatch : batch));
            }
        }
        catch (GenerationException)
        {
            _contexts.ForEach(context => context.Dispose());
            throw;
        }
    }

    private NativeContext CreateContext(LlamaModel model, int batch)
    {
        var context = NativeContext.TryCreate(model.Native, new NativeContextSettings
        {
            ContextTokens = batch,
            BatchTokens = batch,
            MicroBatchTokens = batch,
            MaxSequences = _options.BatchTexts,
            MaxOutputs = batch,
            Threads = 1,
            Embeddings = true,
        }) ?? throw new GenerationException(GenerationFailure.ModelUnavailable, $"No context could be made for {model.Name}: {NativeLog.TakeLastError() ?? "there may be too little memory"}.");
        if (context.Pooling is PoolingType.None or PoolingType.Unspecified or PoolingType.Rank)
        {
            context.Dispose();
            throw new GenerationException(GenerationFailure.ModelUnavailable, $"{model.Name} is not an embedding model: its file names no pooling of token vectors.");
        }

        return context;
    }
}
