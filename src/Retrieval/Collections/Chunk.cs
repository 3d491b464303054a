namespace GenAI.Retrieval.Collections;

/// <summary>One searchable passage of a document.</summary>
/// <param name="Ordinal">Position among the document's chunks, from 0.</param>
/// <param name="Text">The passage, word for word: <c>document.Text[Start..End]</c>.</param>
/// <param name="Start">Offset of the first UTF-16 unit in the document's text.</param>
/// <param name="End">Offset after the last UTF-16 unit.</param>
/// <param name="Headings">The headings above the passage, outermost first.</param>
/// <param name="Page">Page number from 1 where the source has pages.</param>
/// <param name="Vector">Unit-length embedding, or empty while there is none: the passage is then found by its words alone.</param>
public sealed record Chunk(
    int Ordinal,
    string Text,
    int Start,
    int End,
    IReadOnlyList<string> Headings,
    int? Page,
    ReadOnlyMemory<float> Vector)
{
    /// <summary>
    /// What the passage means but does not repeat, such as the headings above it and its table's header row; it is
    /// embedded with the text. Null where it was not kept.
    /// </summary>
    public string? Context { get; init; }
}
