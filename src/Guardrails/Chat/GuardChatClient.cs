using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace GenAI.Guardrails.Chat;

/// <summary>
/// Stands at both ends of the chain: checks what the caller sends before anything else sees it, and what comes back
/// before it leaves. A streamed answer is, piece by piece, the same text as the answer that is not streamed.
/// </summary>
/// <remarks>
/// Safe for concurrent use. Verdicts are written under <see cref="GuardrailPropertyNames.Verdicts"/>. An answer that is
/// blocked ends with <see cref="ChatFinishReason.ContentFilter"/> and the sentence to show under
/// <see cref="GuardrailPropertyNames.Refusal"/>: not streamed it has no content at all; streamed, what was already sure
/// has left, never a character of what was blocked.
/// </remarks>
public sealed class GuardChatClient : DelegatingChatClient
{
    private readonly GuardPolicy _policy;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    public GuardChatClient(IChatClient innerClient, GuardPolicy policy, TimeProvider? time = null, ILogger<GuardChatClient>? logger = null)
        : base(innerClient)
    {
        _policy = policy;
        _time = time ?? TimeProvider.System;
        _logger = logger ?? NullLogger<GuardChatClient>.Instance;
    }

    /// <exception cref="GuardrailBlockedException">A rail blocked the request.</exception>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        var session = new GuardSession(_policy, _time, _logger);
        var safe = new InputGuard(session).Check(messages);
        var safeOptions = new OptionsGuard(session, session.TextProperties).Check(options);
        var response = await base.GetResponseAsync(safe, safeOptions, cancellationToken);
        return Check(response, session);
    }

    /// <exception cref="GuardrailBlockedException">A rail blocked the request; thrown before the first update.</exception>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var session = new GuardSession(_policy, _time, _logger);
        var safe = new InputGuard(session).Check(messages);
        var safeOptions = new OptionsGuard(session, session.TextProperties).Check(options);
        IReadOnlyList<RailVerdict>? input = session.Verdicts(RailStage.Input);
        var gate = new OutputGate(session);
        ChatResponseUpdate? last = null;
        await foreach (var update in base.GetStreamingResponseAsync(safe, safeOptions, cancellationToken))
        {
            foreach (var released in NextMessage(ref gate, last, update, session).Concat(gate.Push(update)))
            {
                yield return WithVerdicts(released, ref input);
            }

            last = update;
            if (gate.Block is not null)
            {
                break;
            }
        }

        foreach (var released in gate.Block is null ? gate.Complete() : [])
        {
            yield return WithVerdicts(released, ref input);
        }

        yield return Last(last, gate, session, input);
    }

    /// <summary>Offsets of annotations count from the start of a message, so each message has its own gate.</summary>
    private static List<ChatResponseUpdate> NextMessage(ref OutputGate gate, ChatResponseUpdate? last, ChatResponseUpdate update, GuardSession session)
    {
        if (last?.MessageId is null || update.MessageId is null || string.Equals(last.MessageId, update.MessageId, StringComparison.Ordinal))
        {
            return [];
        }

        var held = gate.Complete();
        if (gate.Block is null)
        {
            gate = new OutputGate(session);
        }

        return held;
    }

    private static ChatResponseUpdate WithVerdicts(ChatResponseUpdate update, ref IReadOnlyList<RailVerdict>? verdicts)
    {
        if (verdicts is not null)
        {
            update.AdditionalProperties ??= [];
            update.AdditionalProperties[GuardrailPropertyNames.Verdicts] = verdicts;
            verdicts = null;
        }

        return update;
    }

    /// <param name="input">Input verdicts that no update has carried yet.</param>
    private static ChatResponseUpdate Last(ChatResponseUpdate? last, OutputGate gate, GuardSession session, IReadOnlyList<RailVerdict>? input)
    {
        var final = new ChatResponseUpdate
        {
            Role = ChatRole.Assistant,
            ResponseId = last?.ResponseId,
            MessageId = last?.MessageId,
            ConversationId = last?.ConversationId,
            CreatedAt = last?.CreatedAt,
            ModelId = last?.ModelId,
            AdditionalProperties = [],
        };
        final.AdditionalProperties[GuardrailPropertyNames.Verdicts] =
            (IReadOnlyList<RailVerdict>)[.. input ?? [], .. session.Verdicts(RailStage.Output)];
        if (gate.Block is { } block)
        {
            final.FinishReason = ChatFinishReason.ContentFilter;
            final.AdditionalProperties[GuardrailPropertyNames.Refusal] = Refusals.Sentence(block);
        }

        return final;
    }

    private static ChatResponse Check(ChatResponse response, GuardSession session)
    {
        RailFinding? block = null;
        var isChanged = false;
        var messages = new List<ChatMessage>();
        foreach (var message in response.Messages)
        {
            var gate = new OutputGate(session);
            var released = gate.Push(new ChatResponseUpdate(message.Role, message.Contents));
            released.AddRange(gate.Complete());
            block ??= gate.Block;
            var copy = message.Clone();
            copy.Contents = [.. released.SelectMany(update => update.Contents)];
            copy.RawRepresentation = null;
            isChanged |= !copy.Contents.SequenceEqual(message.Contents, ReferenceEqualityComparer.Instance);
            messages.Add(copy);
        }

        response.Messages = block is null ? messages : [new ChatMessage(ChatRole.Assistant, (IList<AIContent>)[])];
        response.RawRepresentation = null;
        response.AdditionalProperties ??= [];
        if (isChanged)
        {
            response.AdditionalProperties.Remove(GuardrailPropertyNames.LogProbs);
        }

        response.AdditionalProperties[GuardrailPropertyNames.Verdicts] =
            (IReadOnlyList<RailVerdict>)[.. session.Verdicts(RailStage.Input), .. session.Verdicts(RailStage.Output)];
        if (block is not null)
        {
            response.FinishReason = ChatFinishReason.ContentFilter;
            response.AdditionalProperties[GuardrailPropertyNames.Refusal] = Refusals.Sentence(block);
        }

        return response;
    }
}
