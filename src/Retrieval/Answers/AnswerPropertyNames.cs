namespace GenAI.Retrieval.Answers;

/// <summary>Keys of <c>AdditionalProperties</c> that answers over documents carry.</summary>
public static class AnswerPropertyNames
{
    /// <summary>On every update and on the response: name (string) of the policy that made the answer.</summary>
    public const string Policy = "answer_policy";

    /// <summary>On the last update and on the response: true (bool) when the sources were silent.</summary>
    public const string Abstained = "answer_abstained";

    /// <summary>On a citation: page (int) from 1, where there are pages.</summary>
    public const string Page = "page";

    /// <summary>On a citation: offset (int) of the quote in the document's text.</summary>
    public const string QuoteStart = "quote_start";

    /// <summary>On a citation: offset (int) of the passage in the document's text.</summary>
    public const string PassageStart = "passage_start";

    /// <summary>On a citation: end (int, exclusive) of the passage in the document's text.</summary>
    public const string PassageEnd = "passage_end";
}
