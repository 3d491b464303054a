using System.Runtime.CompilerServices;
using GenAI.Generation.Llama.Native;
using GenAI.Generation.Llama.Scheduling;
using GenAI.Generation.Llama.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace GenAI.Generation.Llama;

/// <summary>
/// Serves a model: one context and the thread that owns it. Requests are decoded together, prompts in pieces between,
/// common prefixes once. Safe for concurrent use; disposing ends what runs.
/// </summary>
public sealed partial class LlamaEngine : IAsyncDisposable
{
    /// <summary>Batch tokens beyond the parallel answers whose logits a batch may ask for; a scoring request uses them.</summary>
    private const int ScoringOutputs = 48;

    private readonly NativeContext _context;
    private readonly LlamaEngineOptions _options;
    private readonly RequestQueue _queue;
    private readonly EngineCounters _counters = new();
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _stopping;

    /// <exception cref="GenerationException">The context cannot be made, for want of memory mostly.</exception>
    public LlamaEngine(LlamaModel model, LlamaEngineOptions? options = null, ILogger<LlamaEngine>? logger = null, TimeProvider? timeProvider = null)
    {
        Model = model;
        _options = options ?? new LlamaEngineOptions();
        _logger = logger ?? NullLogger<LlamaEngine>.Instance;
        _time = timeProvider ?? TimeProvider.System;
        _queue = new RequestQueue(_options.MaxQueued);
        var sequences = _options.ParallelRequests + _options.CachedPrefixes;
        var outputs = Math.Max(sequences, _options.ParallelRequests + ScoringOutputs);
        var batch = Math.Max(_options.PrefillTokens, _options.PrefillTokensWhileStreaming) + _options.ParallelRequests;
        _context = NativeContext.TryCreate(model.Native, new NativeContextSettings
        {
            ContextTokens = _options.ContextTokens ?? model.TrainingContext,
            BatchTokens = batch,
            MicroBatchTokens = Math.Min(batch, 512),
            MaxSequences = sequences,
            MaxOutputs = outputs,
            Threads = _options.Threads,
        }) ?? throw new GenerationException(GenerationFailure.ModelUnavailable, $"No context of {_options.ContextTokens ?? model.TrainingContext} tokens could be made for {model.Name}: {NativeLog.TakeLastError() ?? "there may be too little memory"}. Try a smaller context.");
        ContextTokens = _context.ContextTokens;
        var loop = new BatchLoop(model, _context, _options, _queue, _counters, outputs, _time, _logger);
        new Thread(() => Run(loop)) { IsBackground = true, Name = $"llama {model.Name}" }.Start();
    }

    public LlamaModel Model { get; }

    /// <summary>Tokens that all requests share, and that one may take alone.</summary>
    public int ContextTokens { get; }

    public LlamaEngineStatus Status => new(
        _counters.Running,
        _queue.Count,
        _options.ParallelRequests,
        ContextTokens,
        _counters.PromptTokens,
        _counters.CachedTokens,
        _counters.GeneratedTokens,
        _counters.FinishedRequests,
        _counters.CancelledRequests);

    /// <summary>Ends running requests with an error, joins the owner thread and frees the context.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_stopping)
        {
            _stopping = true;
            _context.RequestAbort();
            _wake.Set();
        }

        await _stopped.Task;
    }

    /// <summary>Puts a request into the queue.</summary>
    /// <exception cref="GenerationException">The queue is full, or the prompt does not fit the context.</exception>
    internal void Submit(GenerationRequest request)
    {
        if (request.Prompt.Length == 0)
        {
            throw new GenerationException(GenerationFailure.InvalidRequest, "The prompt is empty.");
        }

        if (request.Prompt.Length >= ContextTokens)
        {
            throw new GenerationException(
                GenerationFailure.ContextLengthExceeded,
                $"context_length_exceeded: the prompt has {request.Prompt.Length} tokens and the model's context holds {ContextTokens}. Shorten the conversation or the documents.")
            {
                PromptTokens = request.Prompt.Length,
                ContextTokens = ContextTokens,
            };
        }

        request.EnqueuedAt = _time.GetTimestamp();
        if (!_queue.TryEnqueue(request))
        {
            throw _stopping
                ? new GenerationException(GenerationFailure.ModelUnavailable, $"The model {Model.Name} is being unloaded.")
                : new GenerationException(GenerationFailure.Busy, $"The model {Model.Name} has {_options.MaxQueued} requests waiting already: try again shortly.");
        }

        _wake.Set();
    }

    /// <summary>Ends a request wherever it is; its slot is free as soon as the running step was stopped.</summary>
    internal void Cancel(GenerationRequest request)
    {
        request.MarkCancelled();
        if (_queue.Remove(request))
        {
            _counters.AddFinished(cancelled: true);
            request.Complete(new GenerationResult(GenerationFinish.Cancelled, request.Prompt.Length, 0, 0, _time.GetElapsedTime(request.EnqueuedAt), []));
            return;
        }

        if (request.InBatch)
        {
            _context.RequestAbort();
        }

        _wake.Set();
    }

    /// <summary>Runs a request; its pieces come as they are generated. Cancelling, or leaving the loop, frees the slot.</summary>
    internal async IAsyncEnumerable<GeneratedPiece> ReadAsync(GenerationRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.UnsafeRegister(_ => Cancel(request), null);
        try
        {
            await foreach (var piece in request.Pieces.ReadAllAsync(cancellationToken))
            {
                yield return piece;
            }

            cancellationToken.ThrowIfCancellationRequested();
        }
        finally
        {
            if (request.Result is null)
            {
                Cancel(request);
            }
        }
    }

    internal NativeGrammar? CreateGrammar(string? grammar)
    {
        if (string.IsNullOrEmpty(grammar))
        {
            return null;
        }

        return Model.Native.TryCreateGrammar(grammar)
            ?? throw new GenerationException(GenerationFailure.InvalidRequest, "The grammar is not valid GBNF, or has no rule named 'root'.");
    }

    private void Run(BatchLoop loop)
    {
        while (!_stopping)
        {
            try
            {
                if (!loop.Step())
                {
                    _wake.WaitOne();
                }
            }
#pragma warning disable CA1031 // The owner thread must outlive any fault: the requests get it, the next ones a clean cache.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                StepFailed(_logger, exception);
                loop.FailAll("The engine failed: " + exception.Message);
            }
        }

        loop.FailAll($"The model {Model.Name} is being unloaded.");
        foreach (var request in _queue.Close())
        {
            request.Fail(
                new GenerationResult(GenerationFinish.Failed, request.Prompt.Length, 0, 0, TimeSpan.Zero, []),
                new GenerationException(GenerationFailure.ModelUnavailable, $"The model {Model.Name} is being unloaded."));
        }

        loop.Dispose();
        _context.Dispose();
        _stopped.SetResult();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A step of the engine failed")]
    private static partial void StepFailed(ILogger logger, Exception exception);
}
