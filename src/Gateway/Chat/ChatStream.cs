using System.Buffers;
using GenAI.Gateway.Chain;
using GenAI.Generation;
using GenAI.Guardrails;
using Microsoft.Extensions.AI;

namespace GenAI.Gateway.Chat;

/// <summary>
/// Turns the updates of a completion into chunks. Order for each choice: role once, content, annotations, finish;
/// then usage over all choices, then [DONE]. Not thread safe.
/// </summary>
internal sealed class ChatStream(ChatCall call, ChatChunkWriter chunks)
{
    private readonly ChoiceState[] _choices = [.. Enumerable.Range(0, call.Request.Choices).Select(_ => new ChoiceState())];

    /// <param name="first">The update whose coming started the stream; its policy shows from the first chunk on.</param>
    public void WriteRoles(IBufferWriter<byte> output, ChatResponseUpdate? first)
    {
        if (PolicyOf(first?.AdditionalProperties) is { } policy)
        {
            chunks.SetPolicy(policy);
        }

        for (var choice = 0; choice < _choices.Length; choice++)
        {
            chunks.Role(output, choice);
        }
    }

    public void Write(IBufferWriter<byte> output, int choice, ChatResponseUpdate? update)
    {
        var state = _choices[choice];
        if (update is null)
        {
            End(output, choice, state);
            return;
        }

        ReadProperties(output, choice, state, update.AdditionalProperties);
        state.Finish = update.FinishReason ?? state.Finish;
        var logProbs = call.Request.LogProbs ? LogProbsOf(update) : null;
        var contents = update.Contents;
        for (var i = 0; i < contents.Count; i++)
        {
            if (Write(output, choice, state, contents[i], logProbs))
            {
                logProbs = null;
            }
        }
    }

    /// <summary>A rail cut the answer: what was said stands, a refusal follows.</summary>
    public void Refuse(IBufferWriter<byte> output, string sentence)
    {
        for (var choice = 0; choice < _choices.Length; choice++)
        {
            var state = _choices[choice];
            if (!state.Ended)
            {
                Refuse(output, choice, state, sentence);
                state.Finish = ChatFinishReason.ContentFilter;
                End(output, choice, state);
            }
        }
    }

    public void WriteEnd(IBufferWriter<byte> output)
    {
        if (call.Request.IncludeUsage)
        {
            var usage = new ChatUsage();
            for (var choice = 0; choice < _choices.Length; choice++)
            {
                call.Scopes[choice].Usage.Close();
                usage.Add(_choices[choice].Usage, call.Scopes[choice].Usage);
            }

            chunks.Usage(output, usage);
        }

        ChatChunkWriter.Done(output);
    }

    /// <summary>An event that adds nothing, for a choice that is still open.</summary>
    public ReadOnlyMemory<byte> EmptyChunk()
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        var open = Array.FindIndex(_choices, state => !state.Ended);
        using var writer = new ChatChunkWriter(call.Identity, call.Request.IncludeUsage);
        writer.Text(buffer, Math.Max(open, 0), "content"u8, "");
        return buffer.WrittenMemory;
    }

    private bool Write(IBufferWriter<byte> output, int choice, ChoiceState state, AIContent content, IReadOnlyList<TokenLogProb>? logProbs)
    {
        switch (content)
        {
            case TextContent text:
                TakeCitations(state, text);
                return WriteText(output, choice, state, text.Text, logProbs);
            case TextReasoningContent { Text.Length: > 0 } reasoning:
                chunks.Text(output, choice, "reasoning_content"u8, reasoning.Text);
                return false;
            case FunctionCallContent function when state.ToolCalls == 0 || call.Request.Options.AllowMultipleToolCalls != false:
                chunks.ToolCall(output, choice, state.ToolCalls++, function);
                return false;
            case UsageContent usage:
                state.Usage = usage.Details;
                return false;
            case ErrorContent error:
                throw new GenerationException(GenerationFailure.Engine, error.Message);
            default:
                return false;
        }
    }

    private bool WriteText(IBufferWriter<byte> output, int choice, ChoiceState state, string text, IReadOnlyList<TokenLogProb>? logProbs)
    {
        var whole = state.Join(text);
        if (whole.Length == 0 && logProbs is null)
        {
            return false;
        }

        chunks.Text(output, choice, "content"u8, whole, logProbs);
        return true;
    }

    private void End(IBufferWriter<byte> output, int choice, ChoiceState state)
    {
        if (state.Finish is not { } finish)
        {
            // Clients cannot tell a cut answer from a whole one, so none is made up.
            throw new GenerationException(GenerationFailure.Upstream, "The model's stream ended before its answer was finished.");
        }

        if (state.HeldSurrogate is not null)
        {
            chunks.Text(output, choice, "content"u8, "\uFFFD");
        }

        if (state.Citations.Count > 0)
        {
            // In one piece: accumulating clients refuse list items without an index the second time.
            chunks.Annotations(output, choice, state.Citations);
        }

        chunks.Finish(output, choice, FinishReasons.Of(finish, state.ToolCalls, state.Refused));
        state.Ended = true;
    }

    private void ReadProperties(IBufferWriter<byte> output, int choice, ChoiceState state, AdditionalPropertiesDictionary? properties)
    {
        if (properties is null)
        {
            return;
        }

        if (PolicyOf(properties) is { } policy)
        {
            chunks.SetPolicy(policy);
        }

        if (properties.TryGetValue(GuardrailPropertyNames.Refusal, out var refusal) && refusal is string sentence && !state.Refused)
        {
            Refuse(output, choice, state, sentence);
        }
    }

    private void Refuse(IBufferWriter<byte> output, int choice, ChoiceState state, string sentence)
    {
        chunks.Text(output, choice, "refusal"u8, sentence);
        state.Refused = true;
    }

    private static string? PolicyOf(AdditionalPropertiesDictionary? properties) =>
        properties?.TryGetValue(ChainPropertyNames.AnswerPolicy, out var policy) == true ? policy as string : null;

    private static void TakeCitations(ChoiceState state, TextContent text)
    {
        if (text.Annotations is { Count: > 0 } annotations)
        {
            state.Citations.AddRange(annotations.OfType<CitationAnnotation>());
        }
    }

    private static IReadOnlyList<TokenLogProb>? LogProbsOf(ChatResponseUpdate update) =>
        update.AdditionalProperties?.TryGetValue(GenerationOptionNames.LogProbs, out var value) == true ? value as IReadOnlyList<TokenLogProb> : null;
}
