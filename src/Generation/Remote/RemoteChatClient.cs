using System.Net;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace GenAI.Generation.Remote;

/// <summary>A chat model on another OpenAI-compatible server. Safe for concurrent use.</summary>
/// <remarks>
/// Usage is the server's own. A stream that ends without a finish reason is a failure, never a made-up <c>stop</c>:
/// the caller must be able to tell a whole answer from a cut one.
/// </remarks>
public sealed class RemoteChatClient : IChatClient
{
    private readonly RemoteModelOptions _options;
    private readonly RemoteTransport _transport;
    private readonly ChatClientMetadata _metadata;

    /// <param name="http">Shared client with an infinite time-out; the caller's token ends a call. Not disposed here.</param>
    /// <param name="options">Where the model is.</param>
    public RemoteChatClient(HttpClient http, RemoteModelOptions options)
    {
        _options = options;
        _transport = new RemoteTransport(http, options);
        _metadata = new ChatClientMetadata("openai-compatible", options.BaseUrl, options.Name);
    }

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        var body = ChatRequestWriter.Write(_options.RequestedModel, messages, options, stream: false);
        using var http = await _transport.PostAsync("chat/completions", body, cancellationToken);
        var chat = await ReadAsync(http, cancellationToken);
        var choice = chat.Choices?.FirstOrDefault()
            ?? throw _transport.Failure(chat.Error ?? new WireError("an answer without choices", null, null), HttpStatusCode.BadGateway);

        // As in a stream: a call that was cut by the length limit must not reach anyone who would run it.
        var finish = choice.FinishReason is { } reason ? new ChatFinishReason(reason) : (ChatFinishReason?)null;
        var message = new ChatMessage(ChatRole.Assistant, [.. Contents(choice.Message).Where(content => finish != ChatFinishReason.Length || content is not FunctionCallContent)]);
        var response = new ChatResponse(message)
        {
            ResponseId = chat.Id,
            ModelId = _options.Name,
            FinishReason = finish,
            Usage = chat.Usage?.ToUsage(),
        };
        if (choice.Logprobs?.Content is { } logProbs)
        {
            response.AdditionalProperties = new() { [GenerationOptionNames.LogProbs] = (IReadOnlyList<TokenLogProb>)TokenLogProbs(logProbs) };
        }

        return response;
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var body = ChatRequestWriter.Write(_options.RequestedModel, messages, options, stream: true);
        using var http = await _transport.PostAsync("chat/completions", body, cancellationToken);
        await using var stream = await http.Content.ReadAsStreamAsync(cancellationToken);

        // The server answered 200: the request is admitted, and the caller may send its own status.
        yield return new ChatResponseUpdate { Role = ChatRole.Assistant, ModelId = _options.Name };

        var calls = new ToolCallAssembler();
        ChatFinishReason? finish = null;
        WireUsage? usage = null;
        var events = SseParser.Create(stream, (_, data) => Parse(data)).EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (events)
        {
            while (await NextAsync(events) is { } chat)
            {
                if (chat.Error is not null)
                {
                    throw _transport.Failure(chat.Error, HttpStatusCode.BadGateway);
                }

                usage = chat.Usage ?? usage;
                if (chat.Choices is not [var choice, ..])
                {
                    continue;
                }

                calls.Add(choice.Delta?.ToolCalls);
                finish = choice.FinishReason is { } reason ? new ChatFinishReason(reason) : finish;
                if (Update(chat, choice) is { } update)
                {
                    yield return update;
                }
            }
        }

        if (finish is null)
        {
            throw BrokenOff(null);
        }

        yield return Last(calls, finish.Value, usage);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(ChatClientMetadata) ? _metadata
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    public void Dispose()
    {
        // The HTTP client belongs to the caller.
    }

    private static WireChat? Parse(ReadOnlySpan<byte> data) =>
        data.StartsWith("[DONE]"u8) || data.IsEmpty ? null : JsonSerializer.Deserialize(data, WireJsonContext.Default.WireChat);

    // Null at [DONE] and at the end of the stream alike: what counts as whole is decided by the finish reason.
    private async Task<WireChat?> NextAsync(IAsyncEnumerator<SseItem<WireChat?>> events)
    {
        try
        {
            return await events.MoveNextAsync() ? events.Current.Data : null;
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or JsonException)
        {
            throw BrokenOff(exception);
        }
    }

    private ChatResponseUpdate? Update(WireChat chat, WireChoice choice)
    {
        var contents = new List<AIContent>();
        if (choice.Delta?.ReasoningContent is { Length: > 0 } reasoning)
        {
            contents.Add(new TextReasoningContent(reasoning));
        }

        if ((choice.Delta?.Content ?? choice.Delta?.Refusal) is { Length: > 0 } text)
        {
            contents.Add(new TextContent(text));
        }

        if (contents.Count == 0)
        {
            return null;
        }

        var update = new ChatResponseUpdate { Contents = contents, ResponseId = chat.Id, ModelId = _options.Name };
        if (choice.Logprobs?.Content is { } logProbs)
        {
            update.AdditionalProperties = new() { [GenerationOptionNames.LogProbs] = (IReadOnlyList<TokenLogProb>)TokenLogProbs(logProbs) };
        }

        return update;
    }

    private ChatResponseUpdate Last(ToolCallAssembler calls, ChatFinishReason finish, WireUsage? usage)
    {
        // A call that was cut by the length limit is half a call: it must not reach anyone who would run it.
        var contents = finish == ChatFinishReason.Length ? [] : calls.Complete();
        if (usage is not null)
        {
            contents.Add(new UsageContent(usage.ToUsage()));
        }

        return new ChatResponseUpdate { Contents = contents, FinishReason = finish, ModelId = _options.Name };
    }

    private static IEnumerable<AIContent> Contents(WireMessage? message)
    {
        if (message?.ReasoningContent is { Length: > 0 } reasoning)
        {
            yield return new TextReasoningContent(reasoning);
        }

        if ((message?.Content ?? message?.Refusal) is { Length: > 0 } text)
        {
            yield return new TextContent(text);
        }

        foreach (var call in message?.ToolCalls ?? [])
        {
            yield return ToolArguments.Call(call.Id ?? string.Empty, call.Function?.Name ?? string.Empty, call.Function?.Arguments ?? string.Empty);
        }
    }

    private static List<TokenLogProb> TokenLogProbs(List<WireTokenLogProb> tokens) => tokens.ConvertAll(token => token.ToTokenLogProb());

    private async Task<WireChat> ReadAsync(HttpResponseMessage http, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = await http.Content.ReadAsStreamAsync(cancellationToken);
            return await JsonSerializer.DeserializeAsync(stream, WireJsonContext.Default.WireChat, cancellationToken) ?? throw BrokenOff(null);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or JsonException)
        {
            throw BrokenOff(exception);
        }
    }

    private GenerationException BrokenOff(Exception? cause)
    {
        var message = $"The server of model '{_options.Name}' broke off its answer. Try again.";
        return cause is null
            ? new GenerationException(GenerationFailure.Upstream, message)
            : new GenerationException(GenerationFailure.Upstream, message, cause);
    }
}
