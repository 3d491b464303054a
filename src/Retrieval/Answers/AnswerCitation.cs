namespace GenAI.Retrieval.Answers;

/// <summary>One verified citation of an answer.</summary>
/// <param name="Quote">Words that stand in the document exactly so.</param>
/// <param name="QuoteStart">Offset of the quote in the document's text, in UTF-16 units.</param>
/// <param name="StartIndex">Start of the supported span in the answer's text, in UTF-16 units.</param>
/// <param name="EndIndex">End of the supported span in the answer's text, exclusive.</param>
public sealed record AnswerCitation(
    string DocumentId,
    string FileName,
    string Quote,
    int QuoteStart,
    int? Page,
    int StartIndex,
    int EndIndex)
{
    /// <summary>Offset of the passage that the quote was taken from, in the document's text.</summary>
    public int PassageStart { get; init; }

    /// <summary>Offset after that passage.</summary>
    public int PassageEnd { get; init; }
}
