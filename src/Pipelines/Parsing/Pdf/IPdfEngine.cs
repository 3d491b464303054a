namespace GenAI.Pipelines.Parsing.Pdf;

/// <summary>A program that writes the words of a PDF file with their places, as <see cref="PdfWordsParser"/> reads them.</summary>
internal interface IPdfEngine
{
    /// <summary>What to say when the program is missing, or null when it is there.</summary>
    string? Missing { get; }

    /// <exception cref="ParseException">The file is encrypted, broken, or over a limit.</exception>
    Task ExtractAsync(string pdfPath, string wordsPath, ParseLimits limits, CancellationToken cancellationToken);
}
