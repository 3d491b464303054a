using Microsoft.Extensions.AI;

namespace GenAI.Retrieval.Answers.Chat;

/// <summary>Writes an answer as chat updates; the whole response is made from the same updates, so both hold the same.</summary>
internal sealed class AnswerUpdates(string policy, string? modelId, DateTimeOffset createdAt)
{
    private const int PieceLength = 48;
    private readonly string _id = Guid.NewGuid().ToString("N");

    /// <summary>The answer's text in pieces, each with the citations that end in it, then the end with its usage.</summary>
    public IEnumerable<ChatResponseUpdate> Write(Answer answer)
    {
        for (var start = 0; start < answer.Text.Length;)
        {
            var end = PieceEnd(answer.Text, start);
            yield return Text(answer.Text[start..end], Citations(answer, start, end));
            start = end;
        }

        // No model took part: that the answer cost no tokens is the truth.
        yield return End(answer.Abstained, new UsageContent(new UsageDetails { InputTokenCount = 0, OutputTokenCount = 0, TotalTokenCount = 0 }));
    }

    public ChatResponseUpdate Text(string text, IList<AIAnnotation>? annotations) =>
        New([new TextContent(text) { Annotations = annotations }]);

    public ChatResponseUpdate End(bool abstained, params IList<AIContent> contents)
    {
        var update = New(contents);
        update.FinishReason = ChatFinishReason.Stop;
        update.AdditionalProperties![AnswerPropertyNames.Abstained] = abstained;
        return update;
    }

    /// <summary>One message with one text; what else the updates carried stays.</summary>
    public static async Task<ChatResponse> CollectAsync(IAsyncEnumerable<ChatResponseUpdate> updates, CancellationToken cancellationToken)
    {
        var collected = new List<ChatResponseUpdate>();
        await foreach (var update in updates.WithCancellation(cancellationToken))
        {
            collected.Add(update);
        }

        var response = collected.ToChatResponse();
        var contents = collected.SelectMany(update => update.Contents).ToList();
        var annotations = contents.OfType<TextContent>().SelectMany(content => content.Annotations ?? []).ToList();
        var text = new TextContent(string.Concat(contents.OfType<TextContent>().Select(content => content.Text)))
        {
            Annotations = annotations.Count == 0 ? null : annotations,
        };
        var others = contents.Where(content => content is not (TextContent or UsageContent));
        response.Messages = [new ChatMessage(ChatRole.Assistant, [.. others, text]) { MessageId = response.Messages.Count > 0 ? response.Messages[^1].MessageId : null }];
        response.AdditionalProperties ??= [];
        foreach (var (key, value) in collected.SelectMany(update => update.AdditionalProperties ?? []))
        {
            response.AdditionalProperties[key] = value;
        }

        return response;
    }

    public static IList<AIAnnotation>? Annotate(IEnumerable<AnswerCitation> citations)
    {
        var annotations = citations.Select(Annotate).ToList<AIAnnotation>();
        return annotations.Count == 0 ? null : annotations;
    }

    private ChatResponseUpdate New(IList<AIContent> contents) => new(ChatRole.Assistant, contents)
    {
        ResponseId = _id,
        MessageId = _id,
        ModelId = modelId,
        CreatedAt = createdAt,
        AdditionalProperties = new AdditionalPropertiesDictionary { [AnswerPropertyNames.Policy] = policy },
    };

    private static IList<AIAnnotation>? Citations(Answer answer, int start, int end) =>
        Annotate(answer.Citations.Where(citation => citation.EndIndex > start && citation.EndIndex <= end));

    private static CitationAnnotation Annotate(AnswerCitation citation)
    {
        var annotation = new CitationAnnotation
        {
            FileId = citation.DocumentId,
            Title = citation.FileName,
            Snippet = citation.Quote,
            AnnotatedRegions = [new TextSpanAnnotatedRegion { StartIndex = citation.StartIndex, EndIndex = citation.EndIndex }],
            AdditionalProperties = new AdditionalPropertiesDictionary
            {
                [AnswerPropertyNames.QuoteStart] = citation.QuoteStart,
                [AnswerPropertyNames.PassageStart] = citation.PassageStart,
                [AnswerPropertyNames.PassageEnd] = citation.PassageEnd,
            },
        };
        if (citation.Page is { } page)
        {
            annotation.AdditionalProperties[AnswerPropertyNames.Page] = page;
        }

        return annotation;
    }

    /// <summary>At a blank near the piece's length, so that words leave whole.</summary>
    private static int PieceEnd(string text, int start)
    {
        if (text.Length - start <= PieceLength)
        {
            return text.Length;
        }

        var blank = text.LastIndexOf(' ', start + PieceLength, PieceLength);
        var end = blank <= start ? start + PieceLength : blank + 1;
        return char.IsLowSurrogate(text[end]) ? end + 1 : end;
    }
}
