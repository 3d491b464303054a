namespace GenAI.Retrieval.Answers;

/// <summary>A passage offered to the answerer.</summary>
/// <param name="DocumentId">File id for the citation.</param>
/// <param name="FileName">Name for the citation.</param>
/// <param name="Text">The passage, word for word from the document.</param>
/// <param name="Start">Offset of the passage in the document's text, in UTF-16 units.</param>
/// <param name="Headings">Headings above the passage, outermost first.</param>
/// <param name="Page">Page from 1 where there are pages.</param>
/// <param name="Score">Retrieval score, comparable only within one answer.</param>
public sealed record Evidence(
    string DocumentId,
    string FileName,
    string Text,
    int Start,
    IReadOnlyList<string> Headings,
    int? Page,
    double Score)
{
    /// <summary>The whole text that <see cref="Start"/> points into, where it is at hand: what stands over a table that the passage begins inside.</summary>
    public string? DocumentText { get; init; }
}
