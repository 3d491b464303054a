using Microsoft.Extensions.AI;

namespace GenAI.Guardrails.Chat;

/// <summary>A piece of text that waits for the rails.</summary>
/// <param name="Content">The content as the model sent it.</param>
/// <param name="Guard">The check of the text it belongs to.</param>
/// <param name="Start">Where the piece begins in that text.</param>
internal sealed record PendingContent(AIContent Content, string Text, TextGuard Guard, int Start)
{
    private readonly int _required = Math.Max(Start + Text.Length, AnnotationGuard.RequiredEnd(Content));

    /// <param name="isComplete">The text is whole, so an annotation that points beyond it waits no longer.</param>
    public bool IsReady(bool isComplete) =>
        Guard.Settled >= (isComplete ? Math.Min(_required, Guard.Length) : _required);

    public AIContent Release(GuardSession session)
    {
        var text = Guard.Render(Text, Start);
        if (ReferenceEquals(text, Text) && Content.Annotations is null)
        {
            return Content;
        }

        AIContent content = Content is TextReasoningContent ? new TextReasoningContent(text) : new TextContent(text);
        content.Annotations = AnnotationGuard.Apply(Content.Annotations, Guard, session);
        content.AdditionalProperties = Content.AdditionalProperties;
        return content;
    }
}
