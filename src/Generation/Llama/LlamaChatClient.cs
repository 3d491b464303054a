using System.Runtime.CompilerServices;
using GenAI.Generation.Llama.Sampling;
using GenAI.Generation.Llama.Scheduling;
using GenAI.Generation.Llama.Text;
using GenAI.Generation.Templates;
using Microsoft.Extensions.AI;

namespace GenAI.Generation.Llama;

/// <summary>
/// A local model as a chat client. Safe for concurrent use. The first update is empty and comes when the request was
/// admitted to the queue; everything that refuses a request throws before it. The engine stays the caller's to dispose.
/// </summary>
public sealed class LlamaChatClient : IChatClient
{
    private readonly LlamaEngine _engine;
    private readonly IChatTemplate _template;
    private readonly LlamaChatClientOptions _options;
    private readonly TimeProvider _time;
    private readonly ChatClientMetadata _metadata;
    private readonly SpecialTextShield _shield;

    public LlamaChatClient(LlamaEngine engine, IChatTemplate template, LlamaChatClientOptions? options = null, TimeProvider? timeProvider = null)
    {
        _engine = engine;
        _template = template;
        _options = options ?? new LlamaChatClientOptions();
        _time = timeProvider ?? TimeProvider.System;
        _shield = new SpecialTextShield(engine.Model);
        _metadata = new ChatClientMetadata("llama.cpp", defaultModelId: engine.Model.Name);
    }

    /// <inheritdoc/>
    /// <exception cref="GenerationException">The queue is full, the prompt does not fit, an option is invalid, or the engine failed.</exception>
    /// <exception cref="ChatTemplateException">The model's template refuses these messages.</exception>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in GetStreamingResponseAsync(messages, options, cancellationToken))
        {
            updates.Add(update);
        }

        return Gather(updates);
    }

    /// <inheritdoc/>
    /// <exception cref="GenerationException">The queue is full, the prompt does not fit, an option is invalid, or the engine failed.</exception>
    /// <exception cref="ChatTemplateException">The model's template refuses these messages.</exception>
    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return StreamAsync(() => _shield.Tokenize(_template.Render(_shield.Hide(messages), options)), options, cancellationToken);
    }

    /// <summary>Continues a text as it is, without a chat template.</summary>
    /// <exception cref="GenerationException">As for a chat.</exception>
    public async Task<ChatResponse> CompleteAsync(string prompt, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in CompleteStreamingAsync(prompt, options, cancellationToken))
        {
            updates.Add(update);
        }

        return Gather(updates);
    }

    /// <summary>Continues a text as it is, without a chat template, as a stream.</summary>
    /// <exception cref="GenerationException">As for a chat.</exception>
    public IAsyncEnumerable<ChatResponseUpdate> CompleteStreamingAsync(string prompt, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        StreamAsync(() => _shield.Tokenize(prompt), options, cancellationToken);

    /// <summary>How likely each text is as the answer to a conversation.</summary>
    /// <exception cref="GenerationException">As for a chat.</exception>
    public Task<IReadOnlyList<ContinuationScore>> ScoreAsync(IEnumerable<ChatMessage> messages, IReadOnlyList<string> continuations, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        ScoreAsync(_template.Render(_shield.Hide(messages), options), continuations, options, cancellationToken);

    /// <summary>How likely each text is after a prompt that is taken as it is. The prompt is computed once.</summary>
    /// <exception cref="GenerationException">As for a chat.</exception>
    public async Task<IReadOnlyList<ContinuationScore>> ScoreAsync(string prompt, IReadOnlyList<string> continuations, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var tokens = _shield.Tokenize(prompt);
        var tenant = SamplingConfigFactory.Tenant(options);
        var scores = new ContinuationScore[continuations.Count];
        if (scores.Length == 0)
        {
            return scores;
        }

        // The first computes the prompt, the others find it in the cache; as many run as there are slots.
        scores[0] = await ScoreOneAsync(tokens, continuations[0], tenant, cancellationToken);
        await Parallel.ForEachAsync(
            Enumerable.Range(1, scores.Length - 1),
            new ParallelOptions { MaxDegreeOfParallelism = _engine.Status.ParallelRequests, CancellationToken = cancellationToken },
            async (index, token) => scores[index] = await ScoreOneAsync(tokens, continuations[index], tenant, token));
        return scores;
    }

    /// <summary>Answers for <see cref="ChatClientMetadata"/>, <see cref="ITextTokenizer"/>, <see cref="LlamaModel"/>, <see cref="LlamaEngine"/>, <see cref="IChatTemplate"/> and this type.</summary>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        object[] services = [this, _metadata, _engine, _engine.Model, _engine.Model.Tokenizer, _template];
        return serviceKey is null ? Array.Find(services, serviceType.IsInstanceOfType) : null;
    }

    public void Dispose()
    {
        // The engine is shared; whoever started it ends it.
    }

    private async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(Func<int[]> prompt, ChatOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var parser = _options.OutputParser?.Invoke(options);
        var request = CreateRequest(prompt(), options, showSpecial: parser is not null);
        _engine.Submit(request);
        var stream = new UpdateStream(_engine.Model.Name, _time.GetUtcNow(), parser);
        try
        {
            yield return stream.Admitted();
            await foreach (var piece in _engine.ReadAsync(request, cancellationToken))
            {
                if (stream.Next(piece) is { } update)
                {
                    yield return update;
                }
            }

            yield return stream.End(request.Result!);
        }
        finally
        {
            if (request.Result is null)
            {
                _engine.Cancel(request);
            }

            if (_options.RequestEnded is { } ended)
            {
                ended(UpdateStream.Summary(_engine.Model.Name, await request.Ended, options));
            }
        }
    }

    private GenerationRequest CreateRequest(int[] prompt, ChatOptions? options, bool showSpecial)
    {
        var sampling = SamplingConfigFactory.Create(options, _options, _engine.Model.VocabularySize);
        return new GenerationRequest
        {
            Prompt = prompt,
            Sampling = sampling,
            Grammar = _engine.CreateGrammar(sampling.Grammar),
            MaxTokens = options?.MaxOutputTokens ?? _options.MaxOutputTokens ?? int.MaxValue,
            RepetitionLimit = SamplingConfigFactory.RepetitionLimit(options, _options),
            Stops = [.. options?.StopSequences ?? []],
            Tenant = SamplingConfigFactory.Tenant(options),
            ShowSpecial = showSpecial,
        };
    }

    private async Task<ContinuationScore> ScoreOneAsync(int[] prompt, string continuation, string tenant, CancellationToken cancellationToken)
    {
        var tokens = _engine.Model.Tokenizer.Tokenize(continuation);
        if (tokens.Length == 0)
        {
            return new ContinuationScore(continuation, 0, 0);
        }

        var request = new GenerationRequest
        {
            Prompt = [.. prompt, .. tokens],
            Sampling = new SamplingConfig(),
            Tenant = tenant,
            ScoreFrom = prompt.Length,
        };
        _engine.Submit(request);
        await foreach (var piece in _engine.ReadAsync(request, cancellationToken))
        {
            throw new InvalidOperationException($"A scoring request has no text, yet '{piece.Text}' came.");
        }

        return new ContinuationScore(continuation, request.Result!.Scores.Sum(), tokens.Length);
    }

    private static ChatResponse Gather(List<ChatResponseUpdate> updates)
    {
        var response = updates.ToChatResponse();
        var logProbs = updates
            .Select(update => update.AdditionalProperties?.GetValueOrDefault(GenerationOptionNames.LogProbs))
            .OfType<IReadOnlyList<TokenLogProb>>()
            .SelectMany(list => list)
            .ToList();
        if (logProbs.Count > 0)
        {
            (response.AdditionalProperties ??= [])[GenerationOptionNames.LogProbs] = logProbs;
        }

        return response;
    }
}
