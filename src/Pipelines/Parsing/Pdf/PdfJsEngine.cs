namespace GenAI.Pipelines.Parsing.Pdf;

internal sealed class PdfJsEngine(TimeProvider time) : IPdfEngine
{
    private readonly TimeProvider _time = time;

    public string? Missing => "PDF.js is not there yet.";

    public Task ExtractAsync(string pdfPath, string wordsPath, ParseLimits limits, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{_time}");
}
