using Microsoft.Extensions.AI;

namespace GenAI.Guardrails.Chat;

/// <summary>Moves annotations to where their text stands after masking, and masks the quotes and titles they carry.</summary>
internal static class AnnotationGuard
{
    /// <summary>The text an annotation needs settled before it can leave.</summary>
    public static int RequiredEnd(AIContent content) =>
        (content.Annotations ?? [])
            .SelectMany(annotation => annotation.AnnotatedRegions ?? [])
            .OfType<TextSpanAnnotatedRegion>()
            .Select(region => region.EndIndex ?? 0)
            .DefaultIfEmpty(0)
            .Max();

    /// <exception cref="GuardrailBlockedException">A quote or a title is blocked.</exception>
    public static IList<AIAnnotation>? Apply(IList<AIAnnotation>? annotations, TextGuard guard, GuardSession session) =>
        annotations is null ? null : [.. annotations.Select(annotation => Apply(annotation, guard, session))];

    private static AIAnnotation Apply(AIAnnotation annotation, TextGuard guard, GuardSession session)
    {
        var regions = annotation.AnnotatedRegions?.Select(region => Move(region, guard)).ToList();
        if (annotation is not CitationAnnotation citation)
        {
            return new AIAnnotation { AnnotatedRegions = regions, AdditionalProperties = annotation.AdditionalProperties };
        }

        return new CitationAnnotation
        {
            AnnotatedRegions = regions,
            AdditionalProperties = citation.AdditionalProperties,
            FileId = citation.FileId,
            Title = citation.Title is null ? null : MaskQuote(citation.Title, session),
            ToolName = citation.ToolName,
            Url = citation.Url,
            Snippet = citation.Snippet is null ? null : MaskQuote(citation.Snippet, session),
        };
    }

    private static string MaskQuote(string quote, GuardSession session) =>
        session.Check(quote, RailStage.Output, TextProvenance.Retrieved, out var block)
            ?? throw new GuardrailBlockedException(Refusals.Sentence(block!), []);

    private static AnnotatedRegion Move(AnnotatedRegion region, TextGuard guard) =>
        region is TextSpanAnnotatedRegion { StartIndex: { } start, EndIndex: { } end }
            ? new TextSpanAnnotatedRegion { StartIndex = guard.Map(start, isEnd: false), EndIndex = guard.Map(end, isEnd: true) }
            : region;
}
