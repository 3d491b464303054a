using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Text;
using GenAI.Retrieval.Answers.Generated;
using Microsoft.Extensions.AI;

namespace GenAI.Retrieval.Answers.Chat;

/// <summary>
/// Answers from documents when a request carries <see cref="RetrievalOptions"/>; passes every other request through.
/// </summary>
/// <remarks>
/// Safe for concurrent use. Every update and the response name the policy under <see cref="AnswerPropertyNames.Policy"/>.
/// Citations are <see cref="CitationAnnotation"/>s on the text they end in, with offsets into the whole answer; the
/// response that is not streamed is collected from the same updates.
/// </remarks>
public sealed class RetrieveChatClient : DelegatingChatClient
{
    /// <summary>A blank line between passages.</summary>
    private const int TokensBetween = 2;

    private readonly IPassageSource _passages;
    private readonly FrozenDictionary<string, IAnswerPolicy> _policies;
    private readonly RetrieveOptions _options;
    private readonly TimeProvider _time;

    public RetrieveChatClient(
        IChatClient innerClient,
        IPassageSource passages,
        IEnumerable<IAnswerPolicy> policies,
        RetrieveOptions? options = null,
        TimeProvider? time = null)
        : base(innerClient)
    {
        _passages = passages;
        _policies = policies.ToFrozenDictionary(policy => policy.Name, StringComparer.Ordinal);
        _options = options ?? new RetrieveOptions();
        _time = time ?? TimeProvider.System;
    }

    /// <exception cref="ArgumentException">The request names a policy that is not there; the message may be shown to the caller.</exception>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default) =>
        RetrievalOptions.Of(options) is { } retrieval
            ? await AnswerUpdates.CollectAsync(AnswerAsync([.. messages], options!, retrieval, cancellationToken), cancellationToken)
            : await base.GetResponseAsync(messages, options, cancellationToken);

    /// <exception cref="ArgumentException">The request names a policy that is not there; the message may be shown to the caller.</exception>
    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default) =>
        RetrievalOptions.Of(options) is { } retrieval
            ? AnswerAsync([.. messages], options!, retrieval, cancellationToken)
            : base.GetStreamingResponseAsync(messages, options, cancellationToken);

    private async IAsyncEnumerable<ChatResponseUpdate> AnswerAsync(
        List<ChatMessage> messages,
        ChatOptions options,
        RetrievalOptions retrieval,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var name = retrieval.Policy ?? AnswerPolicyDefaults.For(options.ModelId, _options.Policies);
        var isGenerated = string.Equals(name, AnswerPolicyNames.Generated, StringComparison.Ordinal);
        if (!isGenerated && !_policies.ContainsKey(name))
        {
            throw new ArgumentException($"There is no answer policy '{name}'. Known are: {string.Join(", ", _policies.Keys.Append(AnswerPolicyNames.Generated).Order(StringComparer.Ordinal))}.");
        }

        var inner = isGenerated ? options.Clone() : null;
        var question = QuestionBuilder.Build(messages);
        var evidence = question.Length == 0
            ? []
            : await _passages.FindAsync(
                new PassageRequest(question, retrieval.VectorStoreIds, retrieval.Filter, retrieval.Top, retrieval.Labels)
                {
                    Budget = inner is null ? null : Prepare(messages, inner),
                },
                cancellationToken);
        var updates = new AnswerUpdates(name, options.ModelId, _time.GetUtcNow());
        if (inner is not null && evidence.Count > 0)
        {
            await foreach (var update in GenerateAsync(messages, inner, evidence, updates, cancellationToken))
            {
                yield return update;
            }

            yield break;
        }

        var answer = evidence.Count == 0
            ? AnswerText.Abstain(name, nothingFound: true)
            : await _policies[name].AnswerAsync(question, evidence, cancellationToken);
        foreach (var update in new AnswerUpdates(answer.Policy, options.ModelId, _time.GetUtcNow()).Write(answer))
        {
            yield return update;
        }
    }

    /// <summary>The model writes freely over the packed passages; citations that hold follow its text.</summary>
    private async IAsyncEnumerable<ChatResponseUpdate> GenerateAsync(
        List<ChatMessage> messages,
        ChatOptions inner,
        IReadOnlyList<Evidence> evidence,
        AnswerUpdates own,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var prompt = _options.Generated.Instruction.Replace("{0}", PassagePrompt.Write(evidence), StringComparison.Ordinal);
        var text = new StringBuilder();
        ChatResponseUpdate? last = null;
        await foreach (var update in base.GetStreamingResponseAsync(WithSystem(messages, prompt), inner, cancellationToken))
        {
            if (last is not null)
            {
                yield return Tag(last);
            }

            text.Append(update.Text);
            last = update;
        }

        // The last update waits, so that the citations come before the one that ends the answer.
        var answer = text.ToString();
        var isSilent = AnswerText.IsSilent(answer);
        var citations = isSilent ? [] : CitationFinder.Find(answer, evidence);
        if (citations.Count > 0)
        {
            var cited = own.Text(string.Empty, AnswerUpdates.Annotate(citations));
            cited.ResponseId = last?.ResponseId;
            cited.MessageId = last?.MessageId;
            yield return cited;
        }

        if (last is not null)
        {
            Tag(last).AdditionalProperties![AnswerPropertyNames.Abstained] = isSilent;
            yield return last;
        }
    }

    /// <summary>What passages may cost, and the bound of an answer whose request names none.</summary>
    private PassageBudget Prepare(List<ChatMessage> messages, ChatOptions inner)
    {
        var settings = _options.Generated;
        inner.AdditionalProperties?.Remove(RetrievalOptions.PropertyName);
        foreach (var (name, value) in settings.ModelOptions)
        {
            inner.AdditionalProperties?.TryAdd(name, value);
        }

        if (_options.Meter(inner.ModelId) is not { } meter)
        {
            // About four letters make a token. The limit of the answer is the other server's own.
            return new PassageBudget(settings.MaxContextTokens, static passage => PassagePrompt.Entry(1, passage).Length / 4);
        }

        inner.MaxOutputTokens ??= settings.MaxOutputTokens + (meter.Reasons ? settings.MaxThoughtTokens : 0);
        var room = Math.Min(meter.RoomBeside(messages, inner, settings.Instruction), settings.MaxContextTokens);

        // A conversation that leaves no room is sent with its passages: the model refuses it by its numbers, and never answers without them.
        return new PassageBudget(
            room < Math.Min(settings.MinContextTokens, meter.Tokens / 8) ? settings.MaxContextTokens : room, passage => meter.Count(PassagePrompt.Entry(1, passage)) + TokensBetween);
    }

    private static ChatResponseUpdate Tag(ChatResponseUpdate update)
    {
        update.AdditionalProperties ??= [];
        update.AdditionalProperties[AnswerPropertyNames.Policy] = AnswerPolicyNames.Generated;
        return update;
    }

    /// <summary>Models' templates take one system message, so the caller's own is kept in front of ours.</summary>
    private static List<ChatMessage> WithSystem(List<ChatMessage> messages, string prompt)
    {
        var system = messages.Where(message => message.Role == ChatRole.System).Select(message => message.Text).Append(prompt);
        return [new ChatMessage(ChatRole.System, string.Join("\n\n", system)), .. messages.Where(message => message.Role != ChatRole.System)];
    }
}
