namespace GenAI.Pipelines.Parsing;

/// <summary>The formats that have a parser.</summary>
internal enum FileFormat
{
    Text,
    ReStructuredText,
    Markdown,
    Html,
    Csv,
    Json,
    JsonLines,
    Docx,
    Pdf,

    /// <summary>Words with their places on the page, as the PDF engines give them to the worker.</summary>
    PdfWords,
}
