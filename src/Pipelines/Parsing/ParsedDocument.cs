namespace GenAI.Pipelines.Parsing;

/// <summary>Text of a document in reading order with its structure as offsets into that text (UTF-16 units).</summary>
public sealed record ParsedDocument(
    string Text,
    IReadOnlyList<ParsedHeading> Headings,
    IReadOnlyList<ParsedPage> Pages,
    IReadOnlyList<ParsedTable> Tables);
