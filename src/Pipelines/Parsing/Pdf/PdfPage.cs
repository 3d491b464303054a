namespace GenAI.Pipelines.Parsing.Pdf;

/// <summary>The words of one page in the order the engine gave them.</summary>
internal sealed record PdfPage(float Width, float Height, List<PdfWord> Words);
