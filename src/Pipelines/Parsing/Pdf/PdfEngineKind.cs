namespace GenAI.Pipelines.Parsing.Pdf;

/// <summary>The programs that can take words and their places out of a PDF file.</summary>
public enum PdfEngineKind
{
    /// <summary>Poppler where it is installed, else PDF.js.</summary>
    Auto,

    /// <summary>Poppler's <c>pdftotext</c>, found on the path.</summary>
    Poppler,

    /// <summary>PDF.js in a Node.js process.</summary>
    PdfJs,
}
