using Microsoft.Extensions.AI;

namespace GenAI.Guardrails.Chat;

/// <summary>An update that waits until all of its text is settled; it leaves whole, so ids, order and usage stay as they were.</summary>
internal sealed class PendingUpdate(ChatResponseUpdate update)
{
    private readonly List<object> _parts = [];

    public void Add(AIContent content) => _parts.Add(content);

    public void Add(PendingContent content) => _parts.Add(content);

    public bool IsReady(bool isComplete) => _parts.OfType<PendingContent>().All(part => part.IsReady(isComplete));

    public ChatResponseUpdate Release(GuardSession session)
    {
        var copy = update.Clone();
        copy.Contents = [.. _parts.Select(part => part is PendingContent pending ? pending.Release(session) : (AIContent)part)];
        copy.AdditionalProperties = update.AdditionalProperties?.Clone();
        if (!copy.Contents.SequenceEqual(update.Contents, ReferenceEqualityComparer.Instance))
        {
            copy.RawRepresentation = null;
            copy.AdditionalProperties?.Remove(GuardrailPropertyNames.LogProbs);
        }

        return copy;
    }
}
