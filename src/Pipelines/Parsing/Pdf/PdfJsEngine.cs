using System.Globalization;
using GenAI.Pipelines.Parsing.Worker;

namespace GenAI.Pipelines.Parsing.Pdf;

/// <summary>PDF.js in a Node.js process per file, for machines without poppler.</summary>
internal sealed class PdfJsEngine(TimeProvider time) : IPdfEngine
{
    private const int NeedsPassword = 3;
    private const int ScriptFailed = 4;

    private readonly string? _node = ProgramPath.Find("node");
    private readonly string _script = Path.Combine(AppContext.BaseDirectory, "pdfjs-words", "words.mjs");

    public string? Missing => (_node, File.Exists(Path.Combine(Path.GetDirectoryName(_script)!, "pdfjs", "pdf.min.mjs"))) switch
    {
        (null, _) => "PDF files need a program to read them: install poppler-utils (pdftotext), or Node.js 20.16 or newer, and try again.",
        (_, false) => "PDF.js did not come with the build; build again with npm and its package registry in reach, or install poppler-utils (pdftotext).",
        _ => null,
    };

    public async Task ExtractAsync(string pdfPath, string wordsPath, ParseLimits limits, CancellationToken cancellationToken)
    {
        // The watch over the whole process is the limit; this one lets Node collect before it gets there.
        var heap = (limits.MaxMemoryBytes * 3 / 4) >> 20;
        string[] arguments =
        [
            string.Create(CultureInfo.InvariantCulture, $"--max-old-space-size={heap}"),
            _script,
            pdfPath,
            (limits.MaxPages + 1L).ToString(CultureInfo.InvariantCulture),
        ];
        var (exitCode, error) = await PdfProcess.RunAsync(ChildProcess.Describe(_node!, arguments), wordsPath, limits, time, endsWithInput: true, cancellationToken);
        if (exitCode != 0)
        {
            throw exitCode switch
            {
                NeedsPassword => PdfFailures.Encrypted(),
                _ when error.Contains("heap out of memory", StringComparison.Ordinal) => new ParseException(ParseFailure.OutOfMemory, ParserMessages.OutOfMemory),
                ScriptFailed => PdfFailures.Malformed(),
                _ => new ParseException(ParseFailure.Unavailable, $"PDF.js does not run on this machine (exit status {exitCode}); it needs Node.js 20.16 or newer, or install poppler-utils (pdftotext) instead."),
            };
        }
    }
}
