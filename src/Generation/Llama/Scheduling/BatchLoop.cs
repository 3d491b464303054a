using System.Runtime.InteropServices;
using GenAI.Generation.Llama.Native;
using GenAI.Generation.Llama.Sampling;
using Microsoft.Extensions.Logging;

namespace GenAI.Generation.Llama.Scheduling;

/// <summary>
/// The work of a context's owner thread. Each step: drop what was cancelled, admit what fits, put the next token of
/// every running answer and then pieces of prompts into one batch, decode it, sample and publish.
/// </summary>
internal sealed partial class BatchLoop : IDisposable
{
    /// <summary>A batch whose share of a cancelled prompt is larger is stopped rather than finished; below it ends soon enough.</summary>
    private const int AbortAboveTokens = 16;

    private readonly LlamaModel _model;
    private readonly NativeContext _context;
    private readonly LlamaEngineOptions _options;
    private readonly RequestQueue _queue;
    private readonly EngineCounters _counters;
    private readonly SlotTable _slots;
    private readonly BatchFiller _filler;
    private readonly ThreadGovernor _governor;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly List<ActiveSequence> _active = [];
    private readonly LinkedList<ActiveSequence> _preempted = new();
    private readonly int _contextTokens;

    public BatchLoop(LlamaModel model, NativeContext context, LlamaEngineOptions options, RequestQueue queue, EngineCounters counters, int maxOutputs, TimeProvider time, ILogger logger)
    {
        _model = model;
        _context = context;
        _options = options;
        _queue = queue;
        _counters = counters;
        _time = time;
        _logger = logger;
        _contextTokens = context.ContextTokens;
        _filler = new BatchFiller(context, options, maxOutputs);
        _governor = new ThreadGovernor(options.Threads);
        _slots = new SlotTable(
            context, options.ParallelRequests + options.CachedPrefixes, model.Native.SlidingWindow, model.Native.HasRecurrentState, new PrefixStore(context, options.PrefixTokens ?? _contextTokens));
    }

    public void Dispose() => _slots.Dispose();

    /// <summary>One step.</summary>
    /// <returns>False when there was nothing to do.</returns>
    public bool Step()
    {
        RemoveCancelled();
        Admit();
        _counters.Running = _active.Count;
        if (_active.Count == 0)
        {
            return false;
        }

        _filler.Fill(_active);
        switch (Decode())
        {
            case DecodeStatus.Done:
                Advance();
                break;
            case DecodeStatus.NoSlot:
                MakeRoom();
                break;
            case DecodeStatus.Aborted:
                BatchMembers().ForEach(sequence => _slots.Reconcile(sequence.Slot!));
                break;
            case var status:
                DecodeFailed(_logger, (int)status);
                FailAll($"The engine could not compute (status {(int)status}).");
                break;
        }

        return true;
    }

    /// <summary>Ends every request with an error and forgets the cache, whose state is no longer known.</summary>
    public void FailAll(string message)
    {
        foreach (var sequence in _active.Concat(_preempted).ToList())
        {
            End(sequence, GenerationFinish.Failed, new GenerationException(GenerationFailure.Engine, message));
        }

        _preempted.Clear();
        _slots.ClearAll();
        _counters.Running = 0;
    }

    private void RemoveCancelled()
    {
        foreach (var sequence in _active.Concat(_preempted).Where(sequence => sequence.Request.IsCancelled).ToList())
        {
            End(sequence, GenerationFinish.Cancelled);
        }
    }

    private void Admit()
    {
        while (_active.Count < _options.ParallelRequests)
        {
            if (_preempted.First?.Value is { } back)
            {
                if (!Fits(CollectionsMarshal.AsSpan(back.Tokens), back.Request.Tenant))
                {
                    return;
                }

                _preempted.RemoveFirst();
                Place(back);
                continue;
            }

            if (!_queue.TryPeek(out var request) || (!request.IsCancelled && !Fits(request.Prompt, request.Tenant)))
            {
                return;
            }

            if (_queue.Remove(request) && TryCreate(request) is { } sequence)
            {
                Start(sequence);
            }
        }
    }

    /// <summary>Null when it cannot be made: no other list holds the request any more, so it is told here.</summary>
    private ActiveSequence? TryCreate(GenerationRequest request)
    {
        var queued = _time.GetElapsedTime(request.EnqueuedAt);
        try
        {
            var sampler = new TokenSampler(request.Sampling, request.Grammar, request.Prompt, _model.VocabularySize);
            return new ActiveSequence(request, sampler, queued);
        }
#pragma warning disable CA1031 // One request's fault must not end the others; its caller gets it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            NotStarted(_logger, exception);
            _counters.AddFinished(cancelled: false);
            request.Fail(
                new GenerationResult(GenerationFinish.Failed, request.Prompt.Length, 0, 0, queued, []),
                new GenerationException(GenerationFailure.Engine, "The engine could not start the request: " + exception.Message, exception));
            return null;
        }
    }

    private void Start(ActiveSequence sequence)
    {
        if (sequence.Request.IsCancelled)
        {
            End(sequence, GenerationFinish.Cancelled);
            return;
        }

        Place(sequence);
        sequence.CachedTokens = sequence.Slot!.Tokens.Count;
        _counters.AddCached(sequence.CachedTokens);
    }

    /// <summary>Whether the tokens find room beside the running sequences. Alone, everything that passed the door fits.</summary>
    private bool Fits(ReadOnlySpan<int> tokens, string tenant)
    {
        if (_active.Count == 0)
        {
            return true;
        }

        return tokens.Length - _slots.LongestPrefix(tokens, tenant) < Room();
    }

    /// <summary>Tokens that running requests leave.</summary>
    private int Room() => _contextTokens - _active.Sum(sequence => sequence.Tokens.Count - sequence.SharedTokens);

    private void Place(ActiveSequence sequence)
    {
        // First of all, so that a fault below finds it among those that are told.
        var room = Room();
        _active.Add(sequence);
        var tokens = CollectionsMarshal.AsSpan(sequence.Tokens);
        var maxReuse = (sequence.Request.ScoreFrom ?? tokens.Length) - 1;
        (var slot, sequence.SharedWith) = _slots.Acquire(tokens, sequence.Request.Tenant, maxReuse, room);
        sequence.Slot = slot;
        sequence.SharedTokens = sequence.SharedWith is null ? 0 : slot.Tokens.Count;
    }

    private DecodeStatus Decode()
    {
        var members = BatchMembers();
        _context.ResetAbort();
        members.ForEach(sequence => sequence.Request.InBatch = sequence.BatchTokens > AbortAboveTokens);

        // A caller that went away marks its request before it looks at InBatch; so one of the two sees the other.
        var status = members.Exists(sequence => sequence.Request.IsCancelled && sequence.Request.InBatch)
            ? DecodeStatus.Aborted
            : Compute(members.Exists(sequence => sequence.Request.Sampling.IsSeeded));
        members.ForEach(sequence => sequence.Request.InBatch = false);
        return status;
    }

    /// <param name="isSeeded">A text must be reproduced to the letter, and the number of threads can change the last bits.</param>
    private DecodeStatus Compute(bool isSeeded)
    {
        _context.SetThreads(isSeeded ? _options.Threads : _governor.Threads);
        var began = _time.GetTimestamp();
        var status = _context.Decode();
        if (status == DecodeStatus.Done && !isSeeded)
        {
            _governor.Observe(_context.BatchCount, _time.GetElapsedTime(began));
        }

        return status;
    }

    private List<ActiveSequence> BatchMembers() => _active.FindAll(sequence => sequence.BatchTokens > 0);

    private void Advance()
    {
        foreach (var sequence in BatchMembers())
        {
            var slot = sequence.Slot!;
            var from = slot.Tokens.Count;
            slot.Tokens.AddRange(sequence.Tokens.Skip(from).Take(sequence.BatchTokens));
            if (sequence.Generated == 0)
            {
                _counters.AddPrompt(sequence.BatchTokens);
            }

            if (sequence.Request.ScoreFrom is { } scoreFrom)
            {
                Score(sequence, from, scoreFrom);
            }
            else if (sequence.Remaining == 0)
            {
                Generate(sequence);
            }
        }
    }

    private void Score(ActiveSequence sequence, int from, int scoreFrom)
    {
        for (var i = 0; i < sequence.BatchTokens; i++)
        {
            var next = from + i + 1;
            if (next >= scoreFrom && next < sequence.Tokens.Count)
            {
                var logits = _context.Logits(sequence.BatchStart + i);
                sequence.Scores.Add(logits[sequence.Tokens[next]] - LogProbs.LogSumExp(logits));
            }
        }

        if (sequence.Remaining == 0)
        {
            End(sequence, GenerationFinish.Stop);
        }
    }

    private void Generate(ActiveSequence sequence)
    {
        var request = sequence.Request;
        var logits = _context.Logits(sequence.BatchStart + sequence.BatchTokens - 1);
        var token = request.MaxTokens > 0 ? sequence.Sampler.Sample(logits) : -1;
        if (token < 0 || _model.Native.IsEnd(token))
        {
            End(sequence, request.MaxTokens > 0 ? GenerationFinish.Stop : GenerationFinish.Length);
            return;
        }

        sequence.Tokens.Add(token);
        _counters.AddGenerated();
        var logProb = request.Sampling.TopLogProbs is { } alternatives
            ? LogProbs.Report(logits, token, alternatives, _model.Tokenizer)
            : null;
        request.Publish(sequence.Text.Add(_model.Tokenizer.Bytes(token, request.ShowSpecial).Span, logProb));
        if (sequence.Text.Stopped)
        {
            End(sequence, GenerationFinish.Stop);
        }
        else if (sequence.Generated >= request.MaxTokens || sequence.Tokens.Count >= _contextTokens || sequence.Repetition?.Add(token) == true)
        {
            End(sequence, GenerationFinish.Length);
        }
    }

    /// <summary>The cache is full: idle sequences go first; then the youngest answer waits and is computed again when there is room.</summary>
    private void MakeRoom()
    {
        if (_slots.EvictOne())
        {
            return;
        }

        var youngest = _active[^1];
        if (_active.Count == 1)
        {
            End(youngest, GenerationFinish.Failed, new GenerationException(GenerationFailure.Engine, "The engine's cache has no room for this request."));
            return;
        }

        Preempted(_logger, youngest.Tokens.Count);
        _active.Remove(youngest);
        _slots.Clear(youngest.Slot!);
        Leave(youngest, youngest.Slot!);
        _preempted.AddFirst(youngest);
    }

    /// <summary>Gives the slot back; what others shared with it is theirs alone now, and counts.</summary>
    private void Leave(ActiveSequence sequence, Slot slot)
    {
        _slots.Release(slot);
        (sequence.Slot, sequence.SharedWith, sequence.SharedTokens) = (null, null, 0);
        foreach (var sharer in _active.Where(other => other.SharedWith == slot))
        {
            (sharer.SharedWith, sharer.SharedTokens) = (null, 0);
        }
    }

    private void End(ActiveSequence sequence, GenerationFinish finish, GenerationException? failure = null)
    {
        if (sequence.Slot is { } slot)
        {
            Leave(sequence, slot);
        }

        _active.Remove(sequence);
        _preempted.Remove(sequence);
        _counters.Running = _active.Count;
        _counters.AddFinished(finish == GenerationFinish.Cancelled);
        var result = sequence.Result(finish);
        RequestEnded(_logger, finish, result.PromptTokens, result.CachedTokens, result.GeneratedTokens, result.Queued.TotalMilliseconds);
        if (failure is not null)
        {
            sequence.Request.Fail(result, failure);
            return;
        }

        if (finish != GenerationFinish.Cancelled)
        {
            sequence.Request.Publish(sequence.Text.Finish());
        }

        sequence.Request.Complete(result);
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Request ended ({Finish}): {PromptTokens} prompt tokens, {CachedTokens} of them cached, {GeneratedTokens} generated, {QueuedMilliseconds:F0} ms queued")]
    private static partial void RequestEnded(ILogger logger, GenerationFinish finish, int promptTokens, int cachedTokens, int generatedTokens, double queuedMilliseconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "The cache is full: a request of {Tokens} tokens waits for room")]
    private static partial void Preempted(ILogger logger, int tokens);

    [LoggerMessage(Level = LogLevel.Error, Message = "A request could not be started")]
    private static partial void NotStarted(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "llama_decode failed with status {Status}")]
    private static partial void DecodeFailed(ILogger logger, int status);
}
