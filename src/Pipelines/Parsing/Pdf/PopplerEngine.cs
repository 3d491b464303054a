using GenAI.Pipelines.Parsing.Worker;

namespace GenAI.Pipelines.Parsing.Pdf;

/// <summary>Poppler's <c>pdftotext -bbox</c>: about two hundred pages a second.</summary>
internal sealed class PopplerEngine(TimeProvider time) : IPdfEngine
{
    private readonly string? _program = ProgramPath.Find("pdftotext");

    public string? Missing => _program is null
        ? "PDF files are set to be read by pdftotext, which is not installed; install poppler-utils, or let PDF.js read them."
        : null;

    public async Task ExtractAsync(string pdfPath, string wordsPath, ParseLimits limits, CancellationToken cancellationToken)
    {
        string[] arguments = ["-bbox", "-enc", "UTF-8", "-l", $"{limits.MaxPages + 1L}", pdfPath, "-"];
        var (exitCode, error) = await PdfProcess.RunAsync(ChildProcess.Describe(_program!, arguments), wordsPath, limits, time, endsWithInput: false, cancellationToken);
        if (exitCode != 0)
        {
            throw error.Contains("password", StringComparison.OrdinalIgnoreCase) || exitCode == 3 ? PdfFailures.Encrypted() : PdfFailures.Malformed();
        }
    }
}
