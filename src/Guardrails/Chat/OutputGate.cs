using Microsoft.Extensions.AI;

namespace GenAI.Guardrails.Chat;

/// <summary>
/// Lets the updates of one message through in order, each when the rails are sure of its text. Answer text and
/// reasoning are two texts with their own checks; tool calls are checked whole.
/// </summary>
internal sealed class OutputGate(GuardSession session)
{
    private readonly TextGuard _text = session.Open(RailStage.Output, TextProvenance.Model);
    private readonly Queue<PendingUpdate> _pending = new();
    private TextGuard? _reasoning;

    /// <summary>Why the answer was stopped, or null.</summary>
    public RailFinding? Block { get; private set; }

    /// <summary>Takes the next update and returns those that may leave now.</summary>
    public List<ChatResponseUpdate> Push(ChatResponseUpdate update)
    {
        var pending = new PendingUpdate(update);
        foreach (var content in update.Contents)
        {
            Add(pending, content);
        }

        _pending.Enqueue(pending);
        NoteBlock();
        return session.Streaming == GuardStreaming.WholeAnswer ? [] : Drain(isComplete: false);
    }

    /// <summary>Ends the message and returns what was held back.</summary>
    public List<ChatResponseUpdate> Complete()
    {
        _text.Complete();
        _reasoning?.Complete();
        NoteBlock();
        return Drain(isComplete: true);
    }

    private void Add(PendingUpdate pending, AIContent content)
    {
        switch (content)
        {
            case TextReasoningContent reasoning:
                _reasoning ??= session.Open(RailStage.Output, TextProvenance.Model);
                pending.Add(Push(content, reasoning.Text, _reasoning));
                break;
            case TextContent text:
                pending.Add(Push(content, text.Text, _text));
                break;
            case FunctionCallContent call:
                pending.Add(Check(call));
                break;
            default:
                pending.Add(content);
                break;
        }
    }

    private static PendingContent Push(AIContent content, string text, TextGuard guard)
    {
        var start = guard.Length;
        guard.Push(text);
        return new PendingContent(content, text, guard, start);
    }

    private FunctionCallContent Check(FunctionCallContent call)
    {
        var guard = new ValueGuard(session, RailStage.Output, TextProvenance.Model);
        var arguments = guard.Check(call.Arguments);
        Block ??= guard.Block;
        return ReferenceEquals(arguments, call.Arguments)
            ? call
            : new FunctionCallContent(call.CallId, call.Name, arguments) { AdditionalProperties = call.AdditionalProperties };
    }

    private void NoteBlock() => Block ??= _text.Block ?? _reasoning?.Block;

    private List<ChatResponseUpdate> Drain(bool isComplete)
    {
        var released = new List<ChatResponseUpdate>();
        try
        {
            while (Block is null && _pending.TryPeek(out var next) && next.IsReady(isComplete))
            {
                released.Add(next.Release(session));
                _pending.Dequeue();
            }
        }
        catch (GuardrailBlockedException exception)
        {
            Block = new RailFinding(default, RailAction.Block, "quote") { Sentence = exception.Message };
        }

        return released;
    }
}
