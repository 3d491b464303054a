namespace GenAI.Pipelines.Chunking;

/// <summary>One passage of a document.</summary>
/// <param name="Ordinal">Position among the passages, from 0.</param>
/// <param name="Text">Word for word <c>document.Text[Start..End]</c>.</param>
/// <param name="Start">Offset of the first UTF-16 unit in the document's text.</param>
/// <param name="End">Offset after the last UTF-16 unit.</param>
/// <param name="Headings">The headings above the passage, outermost first, the passage's own first heading included.</param>
/// <param name="Page">Page that most of the passage stands on, from 1, where the source has pages.</param>
/// <param name="Context">What the passage means but does not repeat: headings above it and, inside a split table, the header row. May be empty.</param>
/// <param name="TokenCount">Tokens of <see cref="SearchText"/> in the tokenizer that cut it.</param>
public sealed record DocumentChunk(
    int Ordinal,
    string Text,
    int Start,
    int End,
    IReadOnlyList<string> Headings,
    int? Page,
    string Context,
    int TokenCount)
{
    /// <summary>What is embedded and indexed: the context, then the text.</summary>
    public string SearchText => Context.Length == 0 ? Text : Context + "\n" + Text;
}
