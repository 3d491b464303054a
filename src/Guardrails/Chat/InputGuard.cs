using Microsoft.Extensions.AI;

namespace GenAI.Guardrails.Chat;

/// <summary>Checks what goes to the model: every message, whatever role the caller gave it.</summary>
internal sealed class InputGuard(GuardSession session)
{
    /// <exception cref="GuardrailBlockedException">A rail blocked a message.</exception>
    public List<ChatMessage> Check(IEnumerable<ChatMessage> messages) => [.. messages.Select(Check)];

    private ChatMessage Check(ChatMessage message)
    {
        var provenance = Provenance(message.Role);
        List<AIContent>? contents = null;
        for (var index = 0; index < message.Contents.Count; index++)
        {
            var content = message.Contents[index];
            var safe = Check(content, provenance);
            if (!ReferenceEquals(safe, content))
            {
                contents ??= [.. message.Contents];
                contents[index] = safe;
            }
        }

        var author = message.AuthorName is { } name ? CheckText(name, provenance) : null;
        if (contents is null && ReferenceEquals(author, message.AuthorName))
        {
            return message;
        }

        // The caller's message stays as it is: it may be kept as history.
        var copy = message.Clone();
        copy.Contents = contents ?? message.Contents;
        copy.AuthorName = author;
        copy.RawRepresentation = null;
        return copy;
    }

    private AIContent Check(AIContent content, TextProvenance provenance)
    {
        switch (content)
        {
            case TextReasoningContent reasoning:
                var thought = CheckText(reasoning.Text, provenance);
                return ReferenceEquals(thought, reasoning.Text) ? content : new TextReasoningContent(thought) { AdditionalProperties = content.AdditionalProperties };
            case TextContent text:
                var safe = CheckText(text.Text, provenance);
                return ReferenceEquals(safe, text.Text) ? content : new TextContent(safe) { AdditionalProperties = content.AdditionalProperties };
            case FunctionResultContent result:
                var value = CheckValue(guard => guard.Check(result.Result), TextProvenance.Tool);
                return ReferenceEquals(value, result.Result) ? content : new FunctionResultContent(result.CallId, value) { AdditionalProperties = content.AdditionalProperties };
            case FunctionCallContent call:
                var arguments = CheckValue(guard => guard.Check(call.Arguments), TextProvenance.Model);
                var name = CheckText(call.Name, TextProvenance.Model);
                return ReferenceEquals(arguments, call.Arguments) && ReferenceEquals(name, call.Name)
                    ? content
                    : new FunctionCallContent(call.CallId, name, arguments) { AdditionalProperties = content.AdditionalProperties };
            default:
                return content;
        }
    }

    private string CheckText(string text, TextProvenance provenance)
    {
        var safe = session.Check(text, RailStage.Input, provenance, out var block);
        Refuse(block);
        return safe!;
    }

    private T CheckValue<T>(Func<ValueGuard, T> check, TextProvenance provenance)
    {
        var guard = new ValueGuard(session, RailStage.Input, provenance);
        var result = check(guard);
        Refuse(guard.Block);
        return result;
    }

    private void Refuse(RailFinding? block)
    {
        if (block is not null)
        {
            throw new GuardrailBlockedException(Refusals.Sentence(block), session.Verdicts(RailStage.Input));
        }
    }

    private static TextProvenance Provenance(ChatRole role) =>
        role == ChatRole.System ? TextProvenance.System
        : role == ChatRole.Assistant ? TextProvenance.Model
        : role == ChatRole.Tool ? TextProvenance.Tool
        : TextProvenance.User;
}
