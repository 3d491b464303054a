namespace GenAI.Pipelines.Chunking;

/// <summary>The smallest piece a passage is made of.</summary>
/// <param name="Heading">Index of the heading the unit stands under (its own for a heading), or -1.</param>
/// <param name="Table">Index of the table it belongs to, or -1.</param>
/// <param name="Page">Index of its page, or -1.</param>
/// <param name="StartsParagraph">Whether a paragraph, a list or a table begins here.</param>
internal readonly record struct ChunkUnit(
    int Start,
    int End,
    int Tokens,
    UnitKind Kind,
    int Heading,
    int Table,
    int Page,
    bool StartsParagraph);
